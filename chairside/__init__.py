"""The command line: thin, it parses what was typed and hands over to the rooms below."""
