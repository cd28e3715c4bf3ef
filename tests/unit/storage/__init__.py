"""The storage's parts, each by itself."""
