"""Rules, cards and documents on their own: no network, no database, no mocks."""
