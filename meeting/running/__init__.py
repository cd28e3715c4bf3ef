"""Running the meeting: the agenda in its order, its gates, the chair's moves, and who is waited for.

- agenda: which step is where and what its course has been; gates: what holds a step back, and how one goes on.
- chairing, straight, pausing, handover: next, back, skip, hold, adjourn, convert, "go straight to", another chair.
- waiting and silence: who is waited for now, and when a silent chair's deputy may step in.
"""
