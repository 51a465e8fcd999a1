"""How does a warning reach every unit and come back answered? Signed off, issued, one answer to each unit, concluded."""
