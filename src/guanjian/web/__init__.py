"""What does a person see and press beyond the loops? Sign-in, home, search, administration."""
