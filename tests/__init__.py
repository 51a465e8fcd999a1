"""Sentences about what the product does; same paths as the source, beside known answers, journeys, faults and speed."""
