"""Many indicators on one session: equal readings become one scan, the answers one table by house, line and week."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol

import pandas as pd
import pyarrow as pa
from ibis.expr.types import Table

from guanjian.engine.session import Session
from guanjian.engine.share import Scan, scans
from guanjian.engine.tables import units
from guanjian.kernel.words import Text

SCHEMA = pa.schema(
    [
        ("indicator_code", pa.string()),
        ("unit_code", pa.string()),
        ("line_code", pa.string()),
        ("week", pa.date32()),
        ("cases", pa.float64()),
        ("exposure", pa.float64()),
        ("value", pa.float64()),
    ]
)
PLACE = ["unit_code", "line_code", "week"]
Progress = Callable[[int, int, str], None]


class Indicator(Protocol):
    """What the run asks of an indicator."""

    code: str
    title: Text
    line: str
    counts: bool
    reads: tuple[str, ...]

    @property
    def defaults(self) -> dict[str, Any]: ...

    def asked(self, session: Session, **parameters: Any) -> Table: ...


@dataclass(frozen=True)
class ScanReport:
    """What one scan of the run cost; a table that was made for several is a scan of its own, named after it."""

    scan: Scan
    seconds: float
    cpu_seconds: float


@dataclass(frozen=True)
class Measured:
    """`table` has the columns of `SCHEMA`: one row per indicator, unit, line and week that has cases or exposure.

    `unit_code` is a house: sections are counted at the house (or district, or bureau) that they belong to. `week` is
    its Monday in Shanghai. `value` is cases ÷ exposure, the number of cases for a count, empty without exposure.
    `asked`: the expression of each indicator alone. `unclear`: those that nothing can be said about, and why.
    """

    table: pa.Table
    scans: list[ScanReport] = field(default_factory=list)
    asked: Mapping[str, Table] = field(default_factory=dict)
    unclear: dict[str, Text] = field(default_factory=dict)


def measure(
    session: Session,
    indicators: Sequence[Indicator],
    overrides: Mapping[str, Mapping[str, Any]] | None = None,
    progress: Progress = lambda done, total, codes: None,
) -> Measured:
    """Measure all of them over everything that the session sees."""
    unclear = {i.code: text for i in indicators if (text := _missing(session, i))}
    known = {i.code: i for i in indicators if i.code not in unclear}
    asked, reports = _asked(session, known, overrides or {}, progress)
    planned, houses = scans(asked), _houses(session)
    parts = []
    for number, scan in enumerate(planned):
        progress(number, len(planned), "、".join(scan.codes))
        wall, cpu = time.perf_counter(), time.process_time()
        for code, frame in scan.answers(session).items():
            parts.append(_laid_out(frame, known[code], houses))
        reports.append(ScanReport(scan, time.perf_counter() - wall, time.process_time() - cpu))
    progress(len(planned), len(planned), "")
    return Measured(_together(parts), reports, asked, unclear)


def _asked(
    session: Session, known: Mapping[str, Indicator], overrides: Mapping[str, Mapping[str, Any]], progress: Progress
) -> tuple[dict[str, Table], list[ScanReport]]:
    """The expression of each, and what the tables cost that had to be made for several of them."""
    asked, reports = {}, []
    for code, indicator in known.items():
        before, wall, cpu = set(session.made_from()), time.perf_counter(), time.process_time()
        progress(0, len(known), code)
        asked[code] = indicator.asked(session, **overrides.get(code, {}))
        spent = time.perf_counter() - wall, time.process_time() - cpu
        made = {name: table for name, table in session.made_from().items() if name not in before}
        reports += [ScanReport(Scan((name,), table, ()), *spent) for name, table in made.items()]
    return asked, reports


def _missing(session: Session, indicator: Indicator) -> Text | None:
    missing = [name for name in indicator.reads if not session.holds(name)]
    if not missing:
        return None
    return Text("不可判定：没有数据 {names}", "cannot be decided: no data in {names}").filled(names=", ".join(missing))


def _houses(session: Session) -> dict[str, str]:
    """The unit that each section belongs to; a police section right under a district is its bureau, a unit by itself."""
    above = units.select(parent_code="unit_code", above=units.level)
    sections = units.filter(units.level == "section").inner_join(above, "parent_code")
    bureau = (sections["kind"] == "police") & sections.above.isin(("district", "hq"))
    found = session.frame(sections.filter(~bureau).select("unit_code", "parent_code"))
    return dict(zip(found["unit_code"], found["parent_code"], strict=True))


def _laid_out(frame: pd.DataFrame, indicator: Indicator, houses: Mapping[str, str]) -> pd.DataFrame:
    """The answer of one indicator at houses, with its value."""
    if "line_code" not in frame:
        frame = frame.assign(line_code=indicator.line)
    frame = frame[frame["unit_code"].fillna("").ne("") & frame["week"].notna()]
    frame = frame.assign(unit_code=[houses.get(unit, unit) for unit in frame["unit_code"]])
    frame = frame.groupby(PLACE, as_index=False)[["cases", "exposure"]].sum()
    frame = frame[(frame["cases"] != 0) | (frame["exposure"] != 0)]
    value = frame["cases"] if indicator.counts else frame["cases"] / frame["exposure"].where(frame["exposure"] != 0)
    return frame.assign(indicator_code=indicator.code, value=value)


def _together(parts: Sequence[pd.DataFrame]) -> pa.Table:
    """One Arrow table in the order of code, unit, line and week."""
    parts = [part for part in parts if len(part)]
    if not parts:
        return SCHEMA.empty_table()
    whole = pd.concat(parts, ignore_index=True).sort_values(["indicator_code", *PLACE], kind="stable")
    whole = whole.assign(week=[date(w.year, w.month, w.day) for w in whole["week"]])
    return pa.Table.from_pandas(whole[SCHEMA.names], schema=SCHEMA, preserve_index=False).replace_schema_metadata()
