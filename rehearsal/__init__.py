"""Fictional cases, scripted attendees and a local Teams service to play a whole meeting with."""
