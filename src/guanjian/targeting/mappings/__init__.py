"""How is a known public table read for targeting? One mapping file to a source."""
