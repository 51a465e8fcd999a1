"""Does what crosses between office and lake arrive once, and say what it should?"""
