"""The page in a real browser, and its protocol over HTTP."""
