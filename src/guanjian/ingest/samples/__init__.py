"""Which public data does the demonstration carry? Each folder with its licence; see README.md."""
