"""How did the tables of jobs come to be as they are?"""
