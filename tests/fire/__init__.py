"""What is done to regesta that nobody should do: see README.md."""
