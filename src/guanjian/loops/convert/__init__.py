"""What becomes of what an inspection found? Cause, measures at once and for good, demands to units, verified in use."""
