"""Briefs: two pages on an actor, a law, a tension, a country or an issue, every statement with its source."""
