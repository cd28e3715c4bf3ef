"""The directory: the newest way to reach a chat or a person."""

from dataclasses import replace

from dialogs.ports import Directory, Reachable

CHAT = Reachable(address="19:c@thread.v2", service_url="https://smba.example/emea/", tenant="t1")
ANN = Reachable(address="29:ann", service_url="https://smba.example/emea/", tenant="t1", personal_chat="a:1")


def test_it_fills_the_port(store):
    """The store's directory is what the channel asks for."""
    directory: Directory = store.directory
    assert directory is store.directory


async def test_an_address_is_found_as_it_was_remembered(store, open_another):
    """Also by a later process; an unknown one is not found."""
    for one in (CHAT, ANN):
        await store.directory.remember(one)
    for some in (store, open_another()):
        assert await some.directory.find(CHAT.address) == CHAT
        assert await some.directory.find(ANN.address) == ANN
        assert await some.directory.find("29:nobody") is None


async def test_the_newest_way_counts(store):
    """A service address that changed replaces the old one."""
    moved = replace(CHAT, service_url="https://smba.example/uk/")
    for one in (CHAT, moved, moved):
        await store.directory.remember(one)
    assert await store.directory.find(CHAT.address) == moved


async def test_a_personal_chat_once_known_is_kept(store):
    """An activity in a shared chat does not tell it, and must not take it away."""
    for one in (ANN, replace(ANN, personal_chat="", tenant="t2")):
        await store.directory.remember(one)
    assert await store.directory.find(ANN.address) == replace(ANN, tenant="t2")


async def test_somebody_is_found_by_their_other_names(store, open_another):
    """By Entra id or e-mail address in any case, also by a later process; the newest owner of a name counts."""
    await store.directory.recognise(ANN, ("0A-entra", "Ann@Council.example", ""))
    for some in (store, open_another()):
        assert await some.directory.named("ann@council.EXAMPLE ") == ANN
        assert await some.directory.named("0a-entra") == ANN
        assert await some.directory.named("") is None
    bob = replace(ANN, address="29:bob")
    await store.directory.recognise(bob, ("ann@council.example",))
    assert await store.directory.named("ann@council.example") == bob
