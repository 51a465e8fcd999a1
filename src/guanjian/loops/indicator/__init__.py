"""How does an officer's indicator come into force and leave it? Drafted, tested on all facts, tried in silence, approved as tested."""
