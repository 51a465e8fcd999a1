"""The three verbs, the record, and who must stand aside."""
