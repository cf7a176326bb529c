"""A corpus of planted and of absent faults: see README.md."""
