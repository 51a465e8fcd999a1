"""How did the tables of this loop come to be?"""
