"""A page from the web, fetched once, when a person asks for it."""
