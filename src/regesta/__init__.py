"""regesta reads documents and writes one chronicle in which every claim carries the passage that says it."""
