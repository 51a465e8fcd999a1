"""Which declaration do we open next? Trees on leak-free history, lanes under a budget, and always a random share."""
