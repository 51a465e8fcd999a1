"""How is a formula turned into numbers? One DuckDB session, the run plan, error control, and the writer of findings."""
