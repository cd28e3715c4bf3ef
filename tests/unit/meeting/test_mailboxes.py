"""Where letters may go: the deployment's list of each agency's domains."""

import pytest

from meeting.before.mailboxes import allowed_mailbox
from meeting.model import Local

LISTED = Local(domains={"police": ("police.example",)})


@pytest.mark.parametrize("mailbox", ["sal@police.example", "sal@north.police.example", "Sal@POLICE.Example"])
def test_a_mailbox_inside_its_agencys_domains_is_written_to(mailbox):
    """A subdomain is inside; capitals do not matter; without any list every domain is."""
    assert allowed_mailbox(LISTED, "police", mailbox) == mailbox
    assert allowed_mailbox(Local(), "health", "jo@anywhere.example") == "jo@anywhere.example"


@pytest.mark.parametrize("mailbox", ["sal@notpolice.example", "sal@police.example.evil.example", "sal@evil.example"])
def test_what_only_looks_like_a_domain_of_theirs_is_not(mailbox):
    """Nothing is sent there, nor to any mailbox of an agency without a list where others have one."""
    assert not allowed_mailbox(LISTED, "police", mailbox)
    assert not allowed_mailbox(LISTED, "health", mailbox)
