"""What does the lake hold for the judgement? Indicators measured, the units, their links, names and control nodes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import ibis
import numpy as np
import pandas as pd

from guanjian.engine.measure import Progress, measure
from guanjian.engine.tables import declarations, nodes, units
from guanjian.kernel.words import Text
from guanjian.risk.cell import Controls
from guanjian.risk.panel import iso_week
from guanjian.risk.places import Places, places_of
from guanjian.risk.telling import Wording
from guanjian.signals.catalogue import indicator_catalogue
from guanjian.signals.indicator import Indicator, Means, Worse
from guanjian.signals.placed import faults

if TYPE_CHECKING:
    from guanjian.engine.session import Session

PROBLEMS = "PROBLEMS"
FOUND = Text("发现的问题", "Problems found")
RARE = 0.5  # a share whose bad side is more than this is no count of rare events: it is followed by its value only
FLAGS = ("in_system", "supervisable", "leaves_trace", "traceable")


@dataclass(frozen=True)
class Gathered:
    """`table`: counts of what is bad, by indicator, unit, line and week; and what belongs to the units."""

    table: pd.DataFrame
    places: Places
    wording: Wording
    controls: Controls
    shared: np.ndarray | None


def gather(session: Session, progress: Progress = lambda done, total, codes: None) -> Gathered:
    """Measure the whole catalogue on one session and read what the judgement needs beside it."""
    indicators = [i for i in indicator_catalogue().values() if counted(i)]
    measured = measure(session, indicators, progress=progress).table.to_pandas()
    whole = pd.concat([settled(measured, indicators), problems_found(session)], ignore_index=True)
    table = bad_side(whole, indicators)
    found = session.frame(units.filter(units.unit_code.isin(sorted(set(table["unit_code"])))))
    places = places_of(found.astype(object).where(found.notna(), None).to_dict("records"))
    return Gathered(table, places, wording(found, indicators), controls(session), shared_agents(session, places))


def counted(indicator: Indicator) -> bool:
    """Whether it counts things that get worse one way; ratios of amounts and mere references are not scanned."""
    return indicator.means in (Means.SHARE, Means.COUNT) and indicator.worse is not Worse.NEITHER


def settled(table: pd.DataFrame, indicators: Sequence[Indicator]) -> pd.DataFrame:
    """Without the first weeks of what looks back on days before the records began: they would make today look worse."""
    week, code = pd.to_datetime(table["week"]), table["indicator_code"]
    began = week.where(table["exposure"] > 0).groupby(code).transform("min")
    wait = code.map({i.code: 7 * i.settles for i in indicators}).fillna(0)
    return table[(wait == 0) | ~(week < began + pd.to_timedelta(wait, unit="D"))]


def problems_found(session: Session) -> pd.DataFrame:
    """What supervision found, by line: a plain count, whose exposure is the week itself."""
    found = faults()
    asked = found.group_by("unit_code", "line_code", "week").agg(cases=found.count())
    rows = session.frame(asked).dropna(subset=["week"])
    week = [date(w.year, w.month, w.day) for w in rows["week"]]
    return rows.assign(indicator_code=PROBLEMS, week=week, cases=rows["cases"].astype(float), exposure=0.0, value=0.0)


def bad_side(table: pd.DataFrame, indicators: Sequence[Indicator]) -> pd.DataFrame:
    """Cases become what is bad: of a share that should be high, those that lack the mark. Only rare ones are kept."""
    low = table["indicator_code"].isin([i.code for i in indicators if i.worse is Worse.LOWER])
    shares = table["indicator_code"].isin([i.code for i in indicators if i.means is Means.SHARE])
    turned = table.assign(cases=np.where(low & shares, table["exposure"] - table["cases"], table["cases"]))
    sums = turned.groupby("indicator_code")[["cases", "exposure"]].sum()
    common = sums.index[sums["cases"] > RARE * sums["exposure"]]
    kept = turned[~(shares & turned["indicator_code"].isin(common)) & (~low | shares)]
    weeks = {day: iso_week(day) for day in kept["week"].unique()}
    return kept.assign(week=kept["week"].map(weeks)).drop(columns="value").reset_index(drop=True)


def wording(found: pd.DataFrame, indicators: Sequence[Indicator]) -> Wording:
    """What units and indicators are called."""
    english = found["name_en"].where(found["name_en"].notna(), found["name"])
    names = {code: Text(zh, en) for code, zh, en in zip(found["unit_code"], found["name"], english, strict=True)}
    return Wording({i.code: i.title for i in indicators} | {PROBLEMS: FOUND}, names)


def controls(session: Session) -> Controls:
    """Per line the cause that its control nodes name most, and the share of them that shows all four marks."""
    found = session.frame(nodes.select("line_code", "cause", *FLAGS))
    if found.empty:
        return Controls()
    marked = found[list(FLAGS)].fillna(False).astype(bool).all(axis=1)
    cause = found.groupby("line_code")["cause"].agg(lambda each: each.mode().iat[0])
    return Controls(cause.to_dict(), marked.groupby(found["line_code"]).mean().round(4).to_dict())


def shared_agents(session: Session, places: Places) -> np.ndarray | None:
    """Links (P, P): how much of each unit's declarations comes by agents who also declare at the other."""
    asked = declarations.filter(declarations.agent_id.notnull()).group_by("agent_id", "unit_code")
    found = session.frame(asked.agg(entries=ibis._.count()))
    found = found[found["unit_code"].isin(places.codes)]
    if found.empty:
        return None
    wide = found.pivot_table(index="agent_id", columns="unit_code", values="entries", fill_value=0)
    share = wide.reindex(columns=list(places.codes), fill_value=0).to_numpy(float)
    share /= np.maximum(share.sum(axis=1, keepdims=True), 1)
    return share.T @ share
