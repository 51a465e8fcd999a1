"""May this reform or rule be launched? Seven gates in their order, each with its owner and its output; none is skipped."""
