"""Which network addresses may receive a token of ours: https on the allow-list, loopback in a rehearsal, no other."""

import re
from functools import lru_cache
from ipaddress import ip_address

from yarl import URL

# What an address from outside may be made of: no white space, no backslash, no %, no user information, no query.
_PLAIN = re.compile(r"https?://[A-Za-z0-9.\-]+(:[0-9]{1,5})?(/[A-Za-z0-9._~\-]+)*/?|http://\[::1\](:[0-9]{1,5})?/?")
_LONGEST = 400


class AddressRefused(ValueError):
    """An address that may not receive a token of ours."""


class Addresses:
    """The allow-list, asked for every address before anything is sent to it."""

    def __init__(self, hosts: frozenset[str], *, loopback: bool) -> None:
        self._hosts = frozenset(host.lower() for host in hosts)
        self._loopback = loopback
        self._checked = lru_cache(maxsize=256)(self._check)

    def base(self, address: str) -> URL:
        """The address as a URL without its last slash; raises `AddressRefused` where it may not receive a token."""
        if len(address) > _LONGEST:
            raise AddressRefused("too long")
        return self._checked(address)

    def allows(self, address: str) -> bool:
        """Whether the address may receive a token of ours."""
        try:
            self.base(address)
        except AddressRefused:
            return False
        return True

    def admit(self, url: URL) -> URL:
        """The URL of one request, checked again just before it leaves; raises `AddressRefused`."""
        if url.user is not None or url.password is not None or not self._may_receive(url):
            raise AddressRefused("not on the allow-list")
        return url

    def _check(self, address: str) -> URL:
        if not _PLAIN.fullmatch(address):
            raise AddressRefused("not a plain address")
        if any(part in {".", ".."} for part in address.split("/")):
            raise AddressRefused("climbs out of its path")
        try:
            return self.admit(URL(address.rstrip("/"), encoded=True))
        except ValueError as error:  # a port out of range is found out late
            raise AddressRefused("not on the allow-list") from error

    def _may_receive(self, url: URL) -> bool:
        host = url.host
        if host is None:
            return False
        if self._loopback and url.scheme == "http" and is_loopback(host):
            return True
        return url.scheme == "https" and url.port == 443 and host.lower() in self._hosts


def is_loopback(host: str) -> bool:
    """Whether the host is this machine: `localhost`, 127.0.0.0/8 or ::1."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
