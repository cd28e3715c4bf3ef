"""What the garbage collector has to look at."""

import gc

from bot.memory import settled


def test_what_is_there_when_the_service_starts_is_not_looked_at_again():
    """Only what comes afterwards is searched for garbage, and is still found there."""
    stays = [object()]
    try:
        settled()
        searched = {id(one) for one in gc.get_objects()}
        comes: list[object] = []
        assert id(stays) not in searched
        assert id(comes) in {id(one) for one in gc.get_objects()}
    finally:
        gc.unfreeze()
