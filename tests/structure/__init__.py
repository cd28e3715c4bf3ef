"""The rules of this house about its own files."""
