"""What does each detector compute, read slowly and plainly? Loops over rows, no engine, one file per detector.

Each has `LOOSE`, parameters under which little worlds show something, and `read(world, **parameters)`, which returns
`(subject_id, unit_code, period, score, observed, expected)` per row; a unit of None is not compared.
"""
