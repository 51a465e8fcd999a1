"""How does outside data become ours, and how good is it? Sources, mappings, the quarantine and the lake."""
