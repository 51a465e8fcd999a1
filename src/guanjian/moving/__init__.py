"""How does anything move? Three verbs: `start`, `advance`, `note`; each checks, changes, records and announces at once."""
