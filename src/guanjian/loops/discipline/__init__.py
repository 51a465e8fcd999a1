"""What becomes of a breach of discipline or law by an officer? Reported, filed, decided by several hands, executed; sealed."""
