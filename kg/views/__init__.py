"""Views: pages that people look at. Nothing heavy is imported before it is used."""
