"""How is an officer's formula turned into numbers? Features become columns, operators become conditions, answers become findings."""
