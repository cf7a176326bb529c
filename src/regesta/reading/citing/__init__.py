"""References and notes, whatever format they stand in: entries into their parts, marks to their entries."""
