"""The rules of a meeting, held to their promises: pure values, all five procedures, no mocks."""
