"""How is something closed so that only named people open it? Box, wrap, lock, and shares of a key; no Django, no files."""
