"""Can we prove it happened, so, in that order? A Merkle tree and a chain over every entry, with signed checkpoints."""
