"""What is known of one day's declarations while they pass through the houses? Arrays, one place per entry, item or examination."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

NOBODY = -1
NONE, PRICE, QUANTITY, PERMIT, IPR, OTHER = range(6)  # what is wrong with an entry, known to nobody but us
MODES = ("A", "B", "C", "J")
FULL, PARTIAL, EXTERNAL, MACHINE = range(4)

empty = field(default_factory=lambda: np.empty(0, np.int64))


@dataclass
class Work:
    """The declarations of one day and all that is done to them, whenever it is done. Instants are seconds, -1 = never."""

    day: int
    house: np.ndarray
    agent: np.ndarray
    trader: np.ndarray
    way: np.ndarray
    declared: np.ndarray
    entry: np.ndarray = empty  # 18 bytes each
    # goods: one place per item
    item_entry: np.ndarray = empty
    item_no: np.ndarray = empty
    cell: np.ndarray = empty
    quantity: np.ndarray = empty
    noise: np.ndarray = empty
    factor: np.ndarray = empty  # what is declared of the true price
    instead: np.ndarray = empty  # the cell that the papers show instead of the true one, -1: the true one
    relief: np.ndarray = empty  # a preference is claimed: no duty
    rate: np.ndarray = empty  # the rate of duty by the papers
    currency: np.ndarray = empty
    unit_price: np.ndarray = empty
    item_value: np.ndarray = empty
    # entry
    first_item: np.ndarray = empty
    value: np.ndarray = empty
    tax: np.ndarray = empty
    short_tax: np.ndarray = empty  # tax that a low price saves
    true_value: np.ndarray = empty
    wrong: np.ndarray = empty
    hidden: np.ndarray = empty  # whatever is wrong, those who look will not report it
    # control
    propensity: np.ndarray = empty
    score: np.ndarray = empty
    selected: np.ndarray = empty
    lane: np.ndarray = empty
    decided: np.ndarray = empty
    # document review
    review_team: np.ndarray = empty
    review_slot: np.ndarray = empty
    review_at: np.ndarray = empty
    reviewer: np.ndarray = empty
    # price review
    priced_at: np.ndarray = empty
    pricer: np.ndarray = empty
    price_team: np.ndarray = empty
    # examination: one place per examined entry
    exam_entry: np.ndarray = empty
    required: np.ndarray = empty
    mode: np.ndarray = empty
    minutes: np.ndarray = empty
    exam_team: np.ndarray = empty
    exam_slot: np.ndarray = empty
    exam_at: np.ndarray = empty
    exam_end: np.ndarray = empty
    lead: np.ndarray = empty
    second: np.ndarray = empty
    found: np.ndarray = empty  # what was found, NONE if nothing
    handling: np.ndarray = empty
    waived: np.ndarray = empty  # the instruction was lifted by hand, nothing was opened
    waived_by: np.ndarray = empty
    unstated: np.ndarray = empty  # … without a reason and an approval
    issue_team: np.ndarray = empty
    issued_at: np.ndarray = empty
    signed_at: np.ndarray = empty
    issuer: np.ndarray = empty
    approver: np.ndarray = empty
    # release and after
    release_team: np.ndarray = empty
    release_at: np.ndarray = empty
    releaser: np.ndarray = empty
    audit_at: np.ndarray = empty
    auditor: np.ndarray = empty
    # cases: one place per case
    case_exam: np.ndarray = empty
    filed_at: np.ndarray = empty
    investigator: np.ndarray = empty
    second_investigator: np.ndarray = empty
    criminal: np.ndarray = empty
    fined_at: np.ndarray = empty
    fined_by: np.ndarray = empty
    fined_with: np.ndarray = empty
    fine_base: np.ndarray = empty
    fine_tier: np.ndarray = empty
    fine_share: np.ndarray = empty
    paid_at: np.ndarray = empty

    @property
    def count(self) -> int:
        return len(self.house)

    def order(self, order: np.ndarray) -> None:
        """Puts what is known at lodgement into another order."""
        for name in ("house", "agent", "trader", "way", "declared"):
            setattr(self, name, getattr(self, name)[order])

    def shown(self) -> np.ndarray:
        """The goods cell of each item by the papers."""
        return np.where(self.instead < 0, self.cell, self.instead)

    def last_examiner(self) -> np.ndarray:
        """Per entry its place among the examinations, or -1."""
        place = np.full(self.count, -1)
        place[self.exam_entry] = np.arange(len(self.exam_entry))
        return place

    def to_open(self, cutoff: int) -> np.ndarray:
        """Per instruction: will it be opened, and be known by then?"""
        return ~self.waived & (self.exam_at + (self.minutes * 60).astype(np.int64) <= cutoff)

    def examined(self, cutoff: int) -> np.ndarray:
        """Per instruction: was it opened, and is it known by now?"""
        return ~self.waived & (self.exam_end <= cutoff)
