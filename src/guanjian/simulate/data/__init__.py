"""What does the simulated administration stand on? Goods with rough price levels, and the 42 districts with rough weights."""
