"""The browser page: a guest's seat and the rehearsal room, showing the same cards as Teams."""
