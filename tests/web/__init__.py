"""What surrounds the loops: sign-in, languages, home, search, administration, and the pages in a real browser."""
