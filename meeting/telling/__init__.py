"""What has to be told: which entry causes a message (`Send`) or makes one pointless (`Cancel`); ids and kinds only.

- notices: the two shapes. causes: which entry causes which; later and about_minutes: those of the days after.
- readers: who is told, and who no more. owners: what owners of actions hear, and the chair of them.
- adjourning: when a meeting goes on.
- alerts: what the chair must see at once. chasing: what is asked again. delivery: what became of a message.
- delaying: letters that wait for the mail server.
"""
