"""How an answer reached the record, as people read it."""

from __future__ import annotations

from collections.abc import Mapping

from meeting.model import How

HOW: Mapping[How, str] = {
    How.SAID_ALOUD: "said aloud, to be written up",
    How.HEARD: "heard aloud",
    How.WRITTEN_UP: "written up",
    How.ON_BEHALF: "recorded on behalf",
    How.NOTHING_HELD: "nothing held",
    How.NO_ANSWER: "invited, no answer",
}
