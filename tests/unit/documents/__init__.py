"""Documents drawn from played meetings."""
