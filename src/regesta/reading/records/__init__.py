"""Records of programs: JSON and JSON Lines."""
