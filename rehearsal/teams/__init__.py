"""A Teams of one's own: a Bot Connector, an identity provider and people with screens, over real HTTP on loopback.

Boot it, point a bot at it, and speak for people::

    async with TeamsService(clock=MovableClock()) as teams:        # port 0: any free port
        teams.connect("http://127.0.0.1:3978/api/messages")        # where the bot listens
        # what the bot is configured with:
        #   teams.account.app_id, teams.account.password, teams.tenant
        #   teams.service_url   http://127.0.0.1:PORT/emea/<tenant>/     (sent with every activity)
        #   teams.openid_url    …/v1/.well-known/openidconfiguration     (issuer https://api.botframework.com)
        #   teams.token_url     …/<tenant>/oauth2/v2.0/token             (client credentials)
        amina = teams.person("Amina Yusuf")                         # kind=PersonKind.GUEST, FEDERATED, ANONYMOUS
        tom = teams.person("Tom Ellery", email="tom@northmoor.example")
        meeting = teams.meeting_chat("Strategy meeting", organizer=amina, members=[tom])
        await meeting.install_bot(amina)                            # installationUpdate, then conversationUpdate
        await meeting.start(); await meeting.join(tom)              # meetingStart, meetingParticipantJoin
        await amina.say(meeting, "start", mention_bot=True)
        await teams.settle()                                        # automatic refreshes and the bot's outbox rest
        tom.type("What your agency knows", "Seen on Monday.")
        answer = await tom.press("I have finished")                 # answer.kind: card | message | error | …
        assert tom.sees("Recorded"); print(tom.screen())
        assert not teams.violations

**Service** (`service.TeamsService`): ``TeamsService(*, clock=None, account=BotAccount(), tenant=…,
settings=Settings(), seed="chairside")``; ``start(port=0)``, ``stop()``, ``connect(url)``, ``person(name, kind, …)``,
``group_chat(title, members)``, ``meeting_chat(title, organizer, members, start=, minutes=)``,
``personal_chat(person)``, ``named(name)``, ``settle()``, ``invoke_raw(person, chat, verb=, data=, message=,
trigger=)``, ``repeat(answer, new_id=)``, ``deliver(activity, token=, headers=)``, ``dump()`` and
``TeamsService.load(dump, clock=, settings=)``. ``teams.outbox_idle = async_function``: `settle` awaits it until
neither side moves. Also ``faults``, ``keys`` (``roll_over(keep_old=)``, ``forge(service_url, claims=)``,
``revoke_all()``), ``journal`` (``of(Posted, chat=)``), ``violations``, ``throttled``, ``people``, ``chats``.

**Person**: ``press(title, in_=, message=, beside=, force=, settle=)``, ``type(label, text)``,
``choose(label, *titles)``, ``toggle(label, on=None)``, ``sees(text)``, ``screen()``, ``screens(chat)``,
``cards(chat)``, ``messages(chat)`` (ids), ``say(chat, text, mention_bot=)`` (returns the id), ``edit``, ``delete``,
``react``, ``open(chat)``, ``refresh()``, ``submit(title)`` (an old client's Action.Submit), ``install_bot()``,
``remove_bot()``, ``block_bot()``; ``notices``, ``notifications``, ``last_answer``, ``mri``, ``identity``.
``in_`` takes a chat, ``message`` a message id, ``beside`` a text that stands in the same row.
Errors (`errors`): ``NotVisible`` (lists what is), ``Ambiguous``, ``PressBlocked`` (what a client refuses to send).

**Chat / Meeting**: ``install_bot(by)``, ``remove_bot(by)``, ``add(*people, by=)``, ``remove(person)``, ``messages``;
``start()``, ``end()``, ``join(person)``, ``leave(person)``.

**Faults**: ``teams.faults.answer(status, times=1, method=, path=, conversation=, retry_after=)``, ``.reset(…)``,
``.hang(…)``, ``.delay(seconds, …)``; ``after=True`` lets the call take effect first. Each returns its fault:
``fault.release()``, ``await fault.reached.wait()``, ``fault.met``. An error is a status or a name of `REFUSALS`.
``.duplicate_next(n)``, ``.drop_answers(n)`` and ``.lose_next(n)`` act on what goes to the bot.

**Limits** follow the service's own clock: with a clock that stands still pass ``Settings.quick()`` (no rate limits,
repeats without a pause), or a ``MovableClock(ticking=True)``; ``Settings(rate_limits=RateLimits(scale=10))`` shortens
every window. An unanswered invoke is repeated after
``invoke_timeout`` real seconds with the same id, and after ``repeat_delay`` with a new one.

**Answers** (`Answer`): ``kind`` (`AnswerKind`), ``card``, ``text``, ``status``, ``http_status``, ``attempts``,
``activity``, ``refused``.
"""

from rehearsal.teams.answers import Answer, AnswerKind, BotReply
from rehearsal.teams.chats import Chat, Meeting
from rehearsal.teams.clock import Clock, MovableClock
from rehearsal.teams.errors import Ambiguous, AtTheScreen, NotInChat, NotTypable, NotVisible, PressBlocked
from rehearsal.teams.limits import RateLimits
from rehearsal.teams.model import BotAccount, Identity, Notice, Notification, PersonKind, Violation
from rehearsal.teams.person import Person
from rehearsal.teams.service import TeamsService
from rehearsal.teams.settings import Settings

__all__ = [
    "Ambiguous",
    "Answer",
    "AnswerKind",
    "AtTheScreen",
    "BotAccount",
    "BotReply",
    "Chat",
    "Clock",
    "Identity",
    "Meeting",
    "MovableClock",
    "NotInChat",
    "NotTypable",
    "NotVisible",
    "Notice",
    "Notification",
    "Person",
    "PersonKind",
    "PressBlocked",
    "RateLimits",
    "Settings",
    "TeamsService",
    "Violation",
]
