"""The service on the network: composition, the Teams channel, e-mail, the clock and the settings."""
