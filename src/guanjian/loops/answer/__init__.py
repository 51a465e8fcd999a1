"""What does each addressed unit say and do? One matter to a unit with its own clock, until who asked accepts the answer."""
