"""What one admitted person may see: built for them alone, the only thing that cards are drawn from."""
