"""What the channel hears can be printed without telling anything."""

from bot.teams.inbound import CardAnswer, Chat, NoticeAnswer, Press, Said, Sender

TOM = Sender(id="29:tom", aad_object_id="8feecf2b", name="Tom Ellery")
CHAT = Chat(id="19:chat", kind="groupChat", tenant="home", service_url="https://connector.example/")


def test_no_repr_holds_a_name_or_a_word():
    """Names, typed words and cards are left out of every repr; the ids that a log needs are in it."""
    press = Press(sender=TOM, chat=CHAT, verb="turns.finish", data={"reason": "a secret"}, automatic=False)
    said = Said(sender=TOM, chat=CHAT, text="a secret", value={"reason": "a secret"})
    for told in (press, said, CardAnswer(card={"text": "a secret"}), NoticeAnswer(text="a secret")):
        assert "secret" not in repr(told)
        assert "Tom" not in repr(told)
    assert "8feecf2b" in repr(press)
