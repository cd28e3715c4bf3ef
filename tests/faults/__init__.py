"""Kill, cut, repeat and forge: the meeting must come through."""
