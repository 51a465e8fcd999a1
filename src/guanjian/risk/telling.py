"""How is a risk told in a sentence? Where, what, since when, how far, how it lies, whose, in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from guanjian.customs.codes import text_of
from guanjian.kernel.risks import Owner, Reach, Stage
from guanjian.kernel.words import Text
from guanjian.risk.lineage import Lineage
from guanjian.risk.measures import Measures
from guanjian.risk.panel import Panel
from guanjian.stats.scan.reading import Reading

TITLE = Text("{line}{what}偏高（{stage}）", "{line}: too much of {what} ({stage})")
SPREAD = Text("{weeks}周内由{before}个单位扩到{after}个", "from {before} to {after} units within {weeks} weeks")
STILL = Text("{weeks}周来在{after}个单位", "in {after} units for {weeks} weeks")
SENTENCE = Text(
    "{line}{what}偏高，{course}，近{recent}周{observed:.0f}起，应有{expected:.1f}起（相对风险{risk:.1f}）；"
    "处于{stage}阶段、{reach}，{shape}（条线{by_line:.0%}、区域{by_place:.0%}、交叉{crossing:.0%}）；{reason}",
    "{line}: too much of {what}, {course}; {observed:.0f} cases in {recent} weeks, {expected:.1f} expected (relative "
    "risk {risk:.1f}). {stage}, {reach}; {shape} (line {by_line:.0%}, area {by_place:.0%}, crossing {crossing:.0%}). "
    "{reason}",
)
AGAIN = Text(
    "此风险曾经平息又再次出现，报警界限已相应降低。", " It had fallen quiet and came back; its bound is lowered."
)
MANY = Text("等{n}项指标", " and {n} indicators in all")
ALL_LINES = Text("各业务条线", "All business lines")


@dataclass(frozen=True)
class Wording:
    """What units and indicators are called; what is not named is shown by its code."""

    indicators: Mapping[str, Text] = field(default_factory=dict)
    units: Mapping[str, Text] = field(default_factory=dict)

    def indicator(self, code: str) -> Text:
        """An indicator's title."""
        return self.indicators.get(code, Text(code, code))


def what_of(panel: Panel, mask: np.ndarray, excess: np.ndarray, wording: Wording) -> Text:
    """The indicator with the most excess, and how many there are."""
    leaves = np.flatnonzero(mask.any(axis=1))
    first = max(leaves, key=lambda leaf: excess[leaf])
    codes = list(dict.fromkeys(panel.leaves[leaf][1] for leaf in leaves))
    name = wording.indicator(panel.leaves[first][1])
    more = MANY.filled(n=len(codes)) if len(codes) > 1 else Text("", "")
    return Text(name.zh + more.zh, name.en + more.en)


def title_of(line: str, what: Text, stage: Stage) -> Text:
    """The heading of a risk."""
    return TITLE.filled(line=_line(line), what=what, stage=stage.label)


def explained(line: Lineage, told: Measures, read: tuple[Reading, Reach, Owner], words: tuple[str, Text, int]) -> Text:
    """The sentence; `words`: its line, its indicators, and how many weeks are recent."""
    reading, reach, owner = read
    line_code, what, recent = words
    text = SENTENCE.filled(
        line=_line(line_code),
        what=what,
        course=_course(line),
        recent=recent,
        observed=told.observed,
        expected=told.expected,
        risk=told.risk,
        stage=(line.stage or Stage.LATENT).label,
        reach=reach.label,
        shape=reading.shape.label,
        by_line=reading.line_share,
        by_place=reading.place_share,
        crossing=reading.crossing_share,
        reason=owner.reason,
    )
    if any(change.after == "returned" for change in line.changes):
        return Text(text.zh + AGAIN.zh, text.en + AGAIN.en)
    return text


def _course(line: Lineage) -> Text:
    """How many units it held at first and holds now."""
    sizes = [len(row["units"]) for row in line.course]
    weeks, before, after = len(sizes), sizes[0], sizes[-1]
    return (SPREAD if after > before else STILL).filled(weeks=weeks, before=before, after=after)


def _line(code: str) -> Text:
    return text_of("lines", code) if code else ALL_LINES
