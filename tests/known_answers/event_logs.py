"""The shared event logs, arranged and asked."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from guanjian.engine.controls.log import arrange
from guanjian.engine.controls.rule import Rule
from guanjian.engine.controls.run import Run, connect, wanted_columns
from guanjian.engine.controls.side import lay
from guanjian.engine.controls.source import recognise


def asked(
    path: Path, rules: dict[str, Rule], *, utc: bool = False, system: str = "", side: dict[str, Path] | None = None
) -> Run:
    """The run of these rules over this log; its tallies are `run.tallies`."""
    connection = connect()
    source = recognise(connection, f"SELECT * FROM read_parquet('{path}')", utc=utc)
    for name, place in (side or {}).items():
        lay(connection, name, f"SELECT * FROM read_parquet('{place}')")
    source = replace(source, system=frozenset({system} - {""}))
    run = Run(arrange(connection, source, wanted_columns(rules.values())))
    run.tallies = run.ask(rules)
    return run
