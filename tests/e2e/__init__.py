"""Many people in one meeting, pressing only what stands on their own cards."""
