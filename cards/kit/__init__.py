"""The pieces of every card: plain Adaptive Card 1.5 JSON, with untrusted text only where no markup is read.

Cards take them from here, as `kit.text(…)`: elements are read, inputs filled in, actions pressed; whole is the card.
What a button addresses stands under `data.args` until `dialogs` seals it into a ticket; nothing else is sent along.
"""

from cards.kit.actions import ROW, button, buttons, link, rows, unfold
from cards.kit.elements import Element, box, columns, fact, facts, heading, left_out, page_of, rich, run, text
from cards.kit.inputs import (
    ERRORS,
    HINTS,
    MAX_TEXT,
    choice_input,
    error_text,
    field,
    text_input,
    time_input,
    toggle,
    when_inputs,
    with_error,
    wrong,
)
from cards.kit.whole import (
    MAX_BYTES,
    MAX_USER_IDS,
    SCHEMA,
    Card,
    card,
    fitted,
    mention_line,
    plain,
    refreshed,
    sealed,
    size,
)

__all__ = [
    "ERRORS",
    "HINTS",
    "MAX_BYTES",
    "MAX_TEXT",
    "MAX_USER_IDS",
    "ROW",
    "SCHEMA",
    "Card",
    "Element",
    "box",
    "button",
    "buttons",
    "card",
    "choice_input",
    "columns",
    "error_text",
    "fact",
    "facts",
    "field",
    "fitted",
    "heading",
    "left_out",
    "link",
    "mention_line",
    "page_of",
    "plain",
    "refreshed",
    "rich",
    "rows",
    "run",
    "sealed",
    "size",
    "text",
    "text_input",
    "time_input",
    "toggle",
    "unfold",
    "when_inputs",
    "with_error",
    "wrong",
]
