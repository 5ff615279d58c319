"""Documents that facts are read from: their text, which stays with the user, passages in it, and proposals under review."""
