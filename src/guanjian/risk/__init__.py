"""How far has it spread, which way is it going, and whose is it? Counts of a week become risks with a life of their own."""
