"""A drawn example as a real lake: written as files, and imported by the command."""

from pathlib import Path

import pyarrow.parquet as pq
from click.testing import CliRunner

from guanjian.cli import guanjian
from guanjian.signals.example import drawn


def imported(example: str, folder: Path) -> Path:
    """The lake in `folder`."""
    for name, table in drawn(example).items():
        place = folder / "in" / name
        place.mkdir(parents=True)
        pq.write_table(table, place / "part-00000.parquet")
    told = CliRunner().invoke(guanjian, ["ingest", str(folder / "in"), "--lake", str(folder / "lake")])
    assert told.exit_code == 0, told.output
    return folder / "lake"
