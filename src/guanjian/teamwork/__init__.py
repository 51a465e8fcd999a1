"""What do colleagues say, hand and tell one another beside the steps of a record? Seen by whoever sees the record."""
