"""An actor is one person with the posts held today; whether a post reaches a record is decided here and nowhere else."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from guanjian.kernel.flow import Side, is_bureau
from guanjian.org.posts import Label, Post, UnitLevel


@dataclass(frozen=True, slots=True)
class Holding:
    """One post held in one unit. `district_code` and `house_code` are those of the unit, empty above them.

    `acting_for` names the absent colleague whose post it is: no compartment is entered with it.
    """

    post: Post
    unit_code: str
    level: UnitLevel
    district_code: str = ""
    house_code: str = ""
    acting_for: str = ""

    def reaches(self, record: Any) -> bool:
        """True when the record lies in this post's territory; a compartment is entered by its own unit only.

        What follows by itself from another loop (the system's step) reaches a compartment and reads nothing there.
        """
        if isinstance(record, Side) and record.bureau != is_bureau(self.unit_code) and self.post != Post.SYSTEM:
            return False
        if record.label == Label.INTEGRITY:
            inside = self.post == Post.OVERSIGHT and self.unit_code == record.compartment and not self.acting_for
            return inside or self.post == Post.SYSTEM
        match self.level:
            case UnitLevel.HQ:
                return True
            case UnitLevel.DISTRICT:
                return record.district_code == self.district_code
            case UnitLevel.HOUSE:
                return record.house_code == self.house_code
            case _:
                return record.unit_code == self.unit_code


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts. Compare people by `person_id`, never by name."""

    person_id: str
    name: str
    holdings: tuple[Holding, ...] = ()

    def covers(self, post: str, record: Any, above: bool = False) -> bool:
        """True when this person holds the post in a territory that reaches the record; `above`: not in its own unit."""
        return bool(self._covering((post,), record, above))

    def acting_for(self, posts: Collection[str], record: Any, above: bool = False, own: bool = False) -> str:
        """The absent colleague for whom this person would act here; empty where a post of his own reaches.

        `own`: only posts held in the record's very unit count.
        """
        covering = self._covering(posts, record, above)
        absent = [held.acting_for for held in covering if not own or held.unit_code == record.unit_code]
        return absent[0] if absent and all(absent) else ""

    def _covering(self, posts: Collection[str], record: Any, above: bool) -> list[Holding]:
        here = [held for held in self.holdings if held.post in posts and held.reaches(record)]
        return [held for held in here if not above or held.unit_code != record.unit_code]

    def serves(self, post: str, unit_code: str) -> bool:
        """True when this person holds the post in this very unit; what follows by itself serves every unit."""
        return any(held.post == post and (held.unit_code == unit_code or post == Post.SYSTEM) for held in self.holdings)

    def holds(self, *posts: str) -> bool:
        """True when this person holds one of the posts anywhere."""
        return any(held.post in posts for held in self.holdings)

    @property
    def districts(self) -> tuple[str, ...] | None:
        """The district codes within reach of any business post; None means the whole country."""
        business = [held for held in self.holdings if not held.post.administers]
        if any(held.level == UnitLevel.HQ for held in business):
            return None
        return tuple(sorted({held.district_code for held in business}))


CONCERNED = Actor("concerned", "当事人 The person concerned")  # how the ledger of a compartment names whom it is about
SYSTEM = Actor("system", "系统 System", (Holding(Post.SYSTEM, "0000", UnitLevel.HQ),))
