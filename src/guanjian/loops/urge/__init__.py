"""Who is urged when a limit has passed? Urge, then interview, then a proposal of accountability, until it is done."""
