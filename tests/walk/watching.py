"""What must hold of joint duty rosters after every step, written from the brief of a watch and not from the step table."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from itertools import pairwise

from guanjian.loops.roster.models import Roster
from guanjian.moving.record import Record

KINDS = {"roster": {"from_day": (date(2026, 3, 1),), "until_day": (date(2028, 1, 1),)}}  # by the clock of the walk
REST = timedelta(hours=12)
STOOD = ("running", "over", "closed")


def both_sides_stand_every_shift(record: Record, story: Sequence) -> None:
    """Customs and police, and nobody on both sides."""
    if not isinstance(record, Roster) or record.state not in STOOD:
        return
    for row in record.shifts:
        customs, police = set(row["customs"].split()), set(row["police"].split())
        assert customs, f"{record.key}: no officer from {row['starts']}"
        assert police, f"{record.key}: no policeman from {row['starts']}"
        assert not customs & police, f"{record.key}: {customs & police} on both sides"


def nobody_stands_two_watches_without_rest(record: Record, story: Sequence) -> None:
    """Over all rosters that were published, whatever was swapped since."""
    if not isinstance(record, Roster) or story[-1].step not in ("publish", "grant_swap"):
        return
    stands: dict[str, list[tuple[datetime, datetime]]] = defaultdict(list)
    for one in Roster.objects.filter(state__in=STOOD):
        for row in one.shifts:
            span = datetime.fromisoformat(row["starts"]), datetime.fromisoformat(row["ends"])
            for who in f"{row['customs']} {row['police']}".split():
                stands[who].append(span)
    for who, spans in stands.items():
        for (_, left), (came, _) in pairwise(sorted(spans)):
            assert came - left >= REST, f"{who} stands again {came - left} after a watch"


def published_with_the_consent_of_another(record: Record, story: Sequence) -> None:
    """The police consented to what was arranged last, by another hand than arranged or published it."""
    if not isinstance(record, Roster) or story[-1].step != "publish":
        return
    begun = max(n for n, deed in enumerate(story) if deed.step == "arrange")
    consented = [deed.actor for deed in story[begun:] if deed.step == "agree"]
    assert consented, f"{record.key} published without consent"
    assert consented[-1] not in (story[begun].actor, story[-1].actor), f"{record.key}: {consented[-1]} is both sides"


RULES = (
    both_sides_stand_every_shift,
    nobody_stands_two_watches_without_rest,
    published_with_the_consent_of_another,
)
RARE = ([("roster", "publish")],)
