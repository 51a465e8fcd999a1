"""Which single thing looks wrong? One file per detector; its docstring is its help page."""
