"""What does each indicator count, read slowly and plainly? Loops over rows, no engine, one file per family.

Each function yields, fact by fact: unit, moment or day, what it adds to the cases, what it adds to the exposure, and
the line where it is not the indicator's own.
"""
