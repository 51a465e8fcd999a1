"""Does any order of steps, by anybody, at any time, break what must always hold?"""
