"""Teams JSON sent to the real application, with authentication on."""
