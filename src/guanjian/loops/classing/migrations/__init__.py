"""How did the tables of this loop come about?"""
