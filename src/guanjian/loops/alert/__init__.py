"""How is a warning worked until it is closed? Sign, verify, dispose, feed back, and two reviews by other people."""
