"""Every card as a picture, as Microsoft's own renderer draws it: `python -m cards.gallery`. Not part of the service."""
