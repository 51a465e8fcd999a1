"""Where can power go wrong, and is each such place in the system, supervised, traced and traceable?"""
