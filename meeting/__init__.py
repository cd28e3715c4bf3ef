"""The rules of a strategy meeting, pure: commands in, entries out; no clock, no I/O, standard library only."""
