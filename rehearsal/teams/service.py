"""The local Teams as one thing: started, spoken to, looked at, put away and taken out again."""

from collections.abc import Awaitable, Callable
from types import TracebackType
from typing import Self

from rehearsal.teams import activities, archive
from rehearsal.teams.answers import Answer, BotReply
from rehearsal.teams.clock import Clock, MovableClock
from rehearsal.teams.delivery import Delivery
from rehearsal.teams.directory import Directory
from rehearsal.teams.exchange import Exchange
from rehearsal.teams.eyes import InChat
from rehearsal.teams.faults import Faults
from rehearsal.teams.front import OPENID_PATH, Front
from rehearsal.teams.journal import Journal
from rehearsal.teams.keys import Keys
from rehearsal.teams.model import HOST_TENANT, BotAccount, Json, State, Violation
from rehearsal.teams.person import Person
from rehearsal.teams.screens import Screens
from rehearsal.teams.settings import Settings
from rehearsal.teams.stage import Stage


class TeamsService(Directory):
    """A Teams for one tenant and one bot, on loopback."""

    def __init__(
        self,
        *,
        clock: Clock | None = None,
        account: BotAccount | None = None,
        tenant: str = HOST_TENANT,
        settings: Settings | None = None,
        seed: str = "chairside",
        state: State | None = None,
        journal: Journal | None = None,
    ) -> None:
        state = state or State(tenant=tenant, seed=seed)
        self.journal = journal or Journal()
        self.clock = clock or MovableClock()
        self.account = account or BotAccount()
        self.settings = settings or Settings()
        self.faults = Faults()
        exchange = Exchange(
            state=state, clock=self.clock, account=self.account, settings=self.settings, journal=self.journal
        )
        self.keys = Keys(state, self.account, self.clock, token_minutes=self.settings.token_minutes)
        self._delivery = Delivery(exchange, self.keys, self.faults)
        self._screens = Screens(exchange, self._delivery)
        super().__init__(Stage(exchange=exchange, delivery=self._delivery, screens=self._screens))
        self._front = Front(exchange, self._screens, self.keys, self.faults)

    # --------------------------------------------------------------------------------------------- start and stop

    async def start(self, port: int = 0) -> Self:
        """Listen on 127.0.0.1; port 0 takes a free one. Raises OSError where the port is taken."""
        await self._front.start(port)
        await self._delivery.open()
        return self

    async def stop(self) -> None:
        """Let go of everything: hanging calls, fetching clients, the port."""
        self.faults.clear()
        await self._screens.stop()
        await self._delivery.close()
        await self._front.stop()

    async def __aenter__(self) -> Self:
        return await self.start()

    async def __aexit__(self, kind: type[BaseException] | None, error: object, _trace: TracebackType | None) -> None:
        await self.stop()

    def connect(self, bot_url: str) -> None:
        """Say where the bot listens: the full address of its /api/messages."""
        self._delivery.bot_url = bot_url

    @property
    def outbox_idle(self) -> Callable[[], Awaitable[object]] | None:
        """What `settle` awaits so that the bot's own queue is empty; set it once the bot runs."""
        return self._stage.outbox_idle

    @outbox_idle.setter
    def outbox_idle(self, hook: Callable[[], Awaitable[object]] | None) -> None:
        self._stage.outbox_idle = hook

    # ------------------------------------------------------------------------------------------------- addresses

    @property
    def tenant(self) -> str:
        return self.exchange.state.tenant

    @property
    def base_url(self) -> str:
        """Scheme, host and port of all endpoints."""
        return self.exchange.base_url

    @property
    def service_url(self) -> str:
        """What activities carry as serviceUrl, and below which the connector answers."""
        return self.exchange.service_url

    @property
    def openid_url(self) -> str:
        """Where the OpenID metadata of the activity tokens stands."""
        return f"{self.base_url}{OPENID_PATH}"

    @property
    def token_url(self) -> str:
        """Where the bot signs in with its client credentials."""
        return f"{self.base_url}/{self.tenant}/oauth2/v2.0/token"

    # ------------------------------------------------------------------------------------------- below the screens

    async def settle(self) -> None:
        """Wait until no client fetches a card and the bot's outbox rests. Raises NeverQuiet if that never happens."""
        await self._stage.settle()

    async def deliver(
        self, activity: Json, *, token: str | None = None, headers: dict[str, str] | None = None
    ) -> BotReply:
        """POST any activity to the bot, with a valid token unless another is given (an empty one: none at all).

        Raises aiohttp.ClientError or TimeoutError where no answer comes.
        """
        return await self._delivery.post(activity, token=token, headers=headers)

    async def invoke_raw(
        self,
        person: Person,
        chat: InChat,
        *,
        verb: str,
        data: object = None,
        message: str | None = None,
        trigger: str = "manual",
    ) -> Answer:
        """Send an Action.Execute that no card offers: any verb, any data, on any message or none that exists."""
        action = {"type": "Action.Execute", "verb": verb, "data": {} if data is None else data}
        record = self.exchange.chat(chat.id)
        message_id = message or self.exchange.new_message_id()
        activity = activities.invoke(
            self.exchange, record, person.identity, message_id=message_id, action=action, trigger=trigger
        )
        return await self._sent(activity)

    async def repeat(self, answer: Answer, *, new_id: bool = False) -> Answer:
        """Send once more what led to this answer, word for word or as Teams' late repeat with a new id."""
        return await self._sent(self._delivery.renewed(answer.activity) if new_id else answer.activity)

    async def _sent(self, activity: Json) -> Answer:
        answer = await self._delivery.invoke(activity)
        chat = self.exchange.chat(activity["conversation"]["id"])
        message = chat.find(activity["replyToId"])
        if message is not None:
            self._screens.apply(chat, message, activity["from"]["id"], answer)
        return answer

    @property
    def violations(self) -> list[Violation]:
        """What the bot did that Teams refuses or this house forbids."""
        return self.exchange.state.violations

    @property
    def throttled(self) -> int:
        """How many calls were refused for coming too fast."""
        return self._front.meter.refused

    def dump(self) -> Json:
        """Everything as plain JSON-able data. Raises RuntimeError while clients are still fetching: settle first."""
        if self._screens.busy:
            raise RuntimeError("clients are still fetching cards: settle first")
        return archive.dumped(self.exchange)

    @classmethod
    def load(cls, dump: Json, *, clock: Clock | None = None, settings: Settings | None = None) -> Self:
        """A service in the state of the dump, not yet started; without a clock, one that stands where it stood.

        Raises ValueError for a dump of another format.
        """
        saved = archive.opened(dump)
        return cls(
            clock=clock or MovableClock(saved.now),
            account=saved.account,
            settings=settings,
            state=saved.state,
            journal=saved.journal,
        )
