"""How does a clue reach the police and what was learned come back? Customs and police in turn, by the statutory clock."""
