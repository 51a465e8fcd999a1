"""What does one thing look like from all sides? Prepared read-only queries over the lake, always for one actor."""
