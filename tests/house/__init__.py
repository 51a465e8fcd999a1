"""The rules of the house that a script can check: sizes, names, contracts."""
