"""Which words mean the same everywhere? Names, papers, flows, clocks, money, errors: pure values, no I/O, no Django."""
