"""What would it have found? The whole chosen period: how many, where, how much work a month, and how often it was right."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from guanjian.customs.formula.indicator import Indicator
from guanjian.engine import tables
from guanjian.engine.formula.flagged import Span, answered, tally

if TYPE_CHECKING:
    from guanjian.engine.session import Session

MONTH_DAYS = 30.4375
EXAMPLES = 10
MOST_PLACES = 60


@dataclass(frozen=True)
class Tested:
    """Counts over the whole period. `places`: flagged by district; `most`: the strongest, as examples.

    `verdicts`: of the flagged objects on which a disposal has decided, how many were confirmed and refuted; `confirmed_in_all`
    counts every object of this kind that was confirmed, flagged or not.
    """

    looked: int
    flagged: int
    unclear: int
    objects: int
    places: tuple[tuple[str, int], ...]
    most: tuple[tuple[str, str, int], ...]
    confirmed: int
    refuted: int
    confirmed_in_all: int
    months: float

    def told(self) -> dict[str, Any]:
        """As the office keeps it: whole numbers and texts."""
        return {
            "looked": self.looked,
            "flagged": self.flagged,
            "unclear": self.unclear,
            "objects": self.objects,
            "a_month": f"{self.flagged / self.months:.1f}",
            "spread": [{"unit": unit, "count": str(count)} for unit, count in self.places],
            "examples": [f"{subject} · {unit} × {times}" for subject, unit, times in self.most],
            "confirmed": self.confirmed,
            "refuted": self.refuted,
            "confirmed_in_all": self.confirmed_in_all,
        }


def back_test(session: Session, indicator: Indicator, span: Span) -> Tested:
    """Measure it on the chosen days, whole periods."""
    answers = session.keep("back_test_answers", lambda: answered(indicator, span))
    counts = session.ask(tally(answers)).to_pylist()[0]
    verdicts = _verdicts(session, indicator, answers)
    return Tested(
        **{name: int(counts[name]) for name in ("looked", "flagged", "unclear", "objects")},
        places=_places(session, answers),
        most=_most(session, answers),
        **verdicts,
        months=max((span.last - span.first).days + 1, 1) / MONTH_DAYS,
    )


def _places(session: Session, answers) -> tuple[tuple[str, int], ...]:
    """By district, the most first; the first two digits of a unit's code are its district's."""
    found = answers.filter(answers.flagged.fill_null(False))
    counted = found.group_by(place=found.unit_code.substr(0, 2)).agg(n=found.count())
    rows = session.ask(counted).to_pylist()
    rows.sort(key=lambda row: (-row["n"], row["place"] or ""))
    return tuple((f"{row['place']}00" if row["place"] else "", row["n"]) for row in rows[:MOST_PLACES])


def _most(session: Session, answers) -> tuple[tuple[str, str, int], ...]:
    """The objects flagged most strongly, each with how often it was."""
    found = answers.filter(answers.flagged.fill_null(False))
    of = found.group_by("subject_id").agg(times=found.count(), unit=found.unit_code.min(), score=found.score.max())
    most = of.order_by(of.score.desc(), of.times.desc(), of.subject_id).limit(EXAMPLES)
    return tuple((row["subject_id"], row["unit"] or "", row["times"]) for row in session.ask(most).to_pylist())


def _verdicts(session: Session, indicator: Indicator, answers) -> Mapping[str, int]:
    """Against what disposals decided about the same objects; an object that was ever confirmed counts as confirmed."""
    outcomes = tables.outcomes
    mine = outcomes.filter(outcomes.subject_type == str(indicator.thing.subject))
    judged = mine.group_by("subject_id").agg(
        confirmed=(mine.verdict == "confirmed").any(), refuted=(mine.verdict == "refuted").any()
    )
    looked = answers.group_by("subject_id").agg(flagged=answers.flagged.fill_null(False).any())
    both = looked.inner_join(judged, "subject_id")
    right, wrong = both.flagged & both.confirmed, both.flagged & both.refuted & ~both.confirmed
    counts = both.agg(
        confirmed=both.count(where=right),
        refuted=both.count(where=wrong),
        confirmed_in_all=both.count(where=both.confirmed),
    )
    return session.ask(counts).to_pylist()[0]
