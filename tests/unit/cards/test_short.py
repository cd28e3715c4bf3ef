"""Lists of what is missing stay short enough to be read by somebody who is talking."""

from cards.short import together


def test_what_differs_only_in_whom_it_is_about_is_told_once():
    """Three or more alike become one with their names, where the first stood; two, and others, stay as they are."""
    held = [f"Confirmation of what was prepared ({name})" for name in ("Jade Farrow", "Kian Oduya", "Molly Trent")]
    assert together(["Right meeting", *held, "Consent (see the child)", "Consent (contact agencies)", "Address"]) == (
        "Right meeting",
        "Confirmation of what was prepared (Jade Farrow, Kian Oduya, Molly Trent)",
        "Consent (see the child)",
        "Consent (contact agencies)",
        "Address",
    )
