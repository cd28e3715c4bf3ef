"""The rules of a strategy meeting, pure: no clock, no network, no storage, the standard library only."""
