"""How do customs and police act together? A plan that both signed, tasks to units, results, measured against comparable work."""
