"""What do we measure, and what looks wrong? Detectors of one shape, found by their place in the folder."""
