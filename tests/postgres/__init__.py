"""The log of decisions and the people who review, in a real PostgreSQL."""
