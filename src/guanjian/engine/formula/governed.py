"""A governed indicator in force, in the shape that the run plan asks of a detector."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import ibis
import pandas as pd
from ibis.expr.types import Table

from guanjian.customs import TABLES
from guanjian.customs.formula.check import measure_of
from guanjian.customs.formula.indicator import Indicator
from guanjian.customs.formula.sentence import feature_said
from guanjian.customs.formula.traits import FACTS
from guanjian.customs.formula.tree import features
from guanjian.engine.formula.facts import rows_of
from guanjian.engine.formula.flagged import Span, first_feature, hits
from guanjian.engine.formula.spans import number, written
from guanjian.engine.looked import FIXED, Looked
from guanjian.kernel.errors import BadInput
from guanjian.kernel.papers import Level, Subject
from guanjian.kernel.words import Text, figure

if TYPE_CHECKING:
    from guanjian.engine.session import Session

FILE = Path("reference") / "indicators.json"
SAYS = Text("{subject}{period}：{said}实际：{figures}。", "{subject} {period}: {said} In fact: {figures}.")


@dataclass(frozen=True)
class Governed:
    """An indicator with the day from which it alarms; nothing before that day is reported."""

    indicator: Indicator
    since: date
    defaults: Mapping[str, Any] = field(default_factory=dict)

    @property
    def code(self) -> str:
        """How findings name it."""
        return self.indicator.code

    @property
    def title(self) -> Text:
        """The officer's own name for it."""
        return Text(self.indicator.title, self.indicator.title)

    @property
    def line(self) -> str:
        """The business line that it is for."""
        return self.indicator.line

    @property
    def subject(self) -> Subject:
        """What its findings are about."""
        return self.indicator.thing.subject

    @property
    def level(self) -> Level:
        """The colour that was approved."""
        return Level(self.indicator.level)

    @property
    def reads(self) -> tuple[str, ...]:
        """The tables without which nothing can be said."""
        return self.indicator.reads

    def look(self, session: Session, **_parameters: Any) -> Looked:
        """Everything flagged since it came into force."""
        rows = session.frame(hits(self.indicator, Span(self.since)))
        return Looked(
            _complete(rows, self), more=lambda found: found.assign(rows=_facts(session, self.indicator, found))
        )

    def explain(self, row: Mapping[str, Any]) -> Text:
        """The formula as a sentence, and what was measured."""
        named = [(feature_said(one), row[f"f{n}"]) for n, one in enumerate(features(self.indicator.call))]
        figures = Text(
            "；".join(f"{name.zh}为{_figure(value)}" for name, value in named),
            "; ".join(f"{name.en} {_figure(value)}" for name, value in named),
        )
        about = {"subject": row["subject_id"], "period": row["period"]}
        return SAYS.filled(**about, said=self.indicator.said, figures=figures)


def _figure(value: Any) -> str:
    if isinstance(value, str):
        return value
    try:
        return "—" if pd.isna(value) else figure(value)
    except (TypeError, ValueError):  # a list of codes
        return ",".join(map(str, value))


def _complete(rows: pd.DataFrame, made_by: Governed) -> pd.DataFrame:
    indicator = made_by.indicator
    period = [written(int(one), indicator.span) for one in rows["number"]]
    first = f"f{features(indicator.call).index(first_feature(indicator))}"
    shown = rows[first] if measure_of(first_feature(indicator)).kind == "number" else rows["score"]
    rows = rows.assign(
        line_code=made_by.line,
        subject_type=str(made_by.subject),
        period=period,
        p_value=None,
        observed=shown,
        expected=None,
    )
    rows = rows.sort_values(["score", "subject_id", "period"], ascending=[False, True, True], kind="stable")
    rows = rows.drop(columns=["flagged"])
    return rows[[*FIXED, *(name for name in rows.columns if name not in FIXED)]].reset_index(drop=True)


def _facts(session: Session, indicator: Indicator, found: pd.DataFrame) -> list[list[str]]:
    """The ids of the facts behind the feature that is written first."""
    if not indicator.thing.periodic:
        return [[subject] for subject in found["subject_id"]]
    measure = measure_of(first_feature(indicator))
    fact = FACTS[indicator.thing.measures[measure.of[1]].fact if measure.how == "share" else measure.fact]
    asked = session.lend("asked_objects", found[["subject_id", "number"]].astype({"subject_id": str}))
    ids = session.frame(_ids(indicator, fact, asked)).set_index(["subject_id", "number"])["rows"]
    return [list(ids.get(key, [])) for key in zip(found["subject_id"], found["number"], strict=True)]


def _ids(indicator: Indicator, fact, asked: Table) -> Table:
    rows = rows_of(fact, indicator.district)
    key = TABLES[fact.table].identity[0]
    mine = rows.select(
        subject_id=rows[fact.links[indicator.thing.name]],
        number=number(rows[fact.when], indicator.period),
        fact=rows[key],
    )
    mine = mine.semi_join(asked, ["subject_id", "number"]).distinct()
    return mine.group_by("subject_id", "number").agg(rows=ibis._.fact.collect(order_by=ibis._.fact))


def published(root: Path) -> list[Governed]:
    """The indicators in force that the office published to the lake of this folder."""
    file = root / FILE
    return [_read(row) for row in json.loads(file.read_text(encoding="utf-8"))] if file.is_file() else []


def _read(row: Mapping[str, Any]) -> Governed:
    about = {name: row[name] for name in ("code", "title", "district", "line", "level")}
    indicator = Indicator.read(row["formula"], row["parameters"], row["period"], **about)
    if indicator.fingerprint() != row["fingerprint"]:
        raise BadInput(
            f"指标 {row['code']} 与批准时不同，未运行；请由办公端重新发布。",
            f"Indicator {row['code']} is not what was approved and was not run: have the office publish it again.",
        )
    return Governed(indicator, date.fromisoformat(row["since"]), {"fingerprint": row["fingerprint"]})


def chosen(governed: Sequence[Governed], codes: Sequence[str]) -> tuple[list[Governed], list[str]]:
    """Of these codes the governed indicators, and the codes that are left for the catalogue; all where none is named."""
    wanted = [code.strip().upper() for code in codes if code.strip()]
    if not wanted:
        return list(governed), []
    known = {one.code: one for one in governed}
    return [known[code] for code in wanted if code in known], [code for code in wanted if code not in known]
