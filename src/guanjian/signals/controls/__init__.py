"""Which rules must every exercise of power keep? Controls: declared once, in YAML, compiled by the engine to SQL."""
