"""Documents put together: a text laid out piece by piece, its blocks, its tables."""
