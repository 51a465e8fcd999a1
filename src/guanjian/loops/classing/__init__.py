"""How risky are a unit and its posts, and what follows: how often it is inspected, how long one stays, how much one learns?"""
