"""How sure are we? Scans, early warning, exact tests, robust fits, control of false discoveries: NumPy only."""
