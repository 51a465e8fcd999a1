"""Which truth does each deterministic control owe? What the controls name against what truth.json says, object by object."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from guanjian.engine.session import Session
from guanjian.ingest.lake import Lake
from guanjian.kernel.workdays import Calendar
from guanjian.signals.controls.asking import ask_lake
from guanjian.signals.controls.catalogue import catalogue

PERSON = "person"  # the object of the control is whoever did it
OWED = {  # control: the kinds of truth that are its breaches, and what stands before the entry in the id of its object
    "C-SEP-01": ({"incompatible_posts"}, ""),
    "C-EXM-01": ({"two_person_breach"}, "C"),
    "C-EXM-02": ({"downgraded_examination"}, "C"),
    "C-EXM-03": ({"too_short_examination"}, "C"),
    "C-EXM-04": ({"not_transferred"}, "C"),
    "C-EXM-06": ({"find_released_normally"}, "C"),
    "C-INS-02": ({"late_signature"}, "B"),
    "C-INS-03": ({"hit_not_examined"}, "B"),
    "C-CLR-07": ({"override_without_reason"}, ""),
    "C-CLR-08": ({"night_release"}, ""),
    "C-CLR-09": ({"override_share"}, PERSON),
    "C-CLR-11": ({"off_roster"}, ""),
    "C-CLR-12": ({"unqualified_examiner"}, ""),
    "C-CAS-03": ({"fine_without_legal_review"}, "A"),
    "C-CAS-05": ({"fines_instead_of_transfer"}, "A"),
    "C-CAS-07": ({"fine_outside_band"}, "A"),
    "C-CAS-08": ({"late_payment"}, "A"),
    "C-FLD-02": ({"impossible_track"}, ""),
    "C-FLD-03": ({"impossible_track"}, ""),
    "C-FLD-04": ({"back_dated_fieldwork"}, ""),
    "C-FLD-05": ({"impossible_track"}, ""),
    "C-FLD-06": ({"copied_photographs"}, ""),
    "C-PRB-01": ({"overdue_problem"}, ""),
    "C-PRB-02": ({"paper_rectification"}, ""),
}


@dataclass(frozen=True)
class Agreement:
    """One control: how many breaches it named, how many the truth has, how many are in both."""

    code: str
    named: int
    true: int
    both: int

    @property
    def recall(self) -> float:
        """Of what is true, the share that is named; 1 where nothing is."""
        return self.both / self.true if self.true else 1.0

    @property
    def precision(self) -> float:
        """Of what is named, the share that is true; 1 where nothing is."""
        return self.both / self.named if self.named else 1.0


def owed(truth: dict) -> dict[str, set[str]]:
    """Per control the objects that it must name; a control that is not listed owes nothing at all."""
    wanted: dict[str, set[str]] = {code: set() for code in catalogue()}
    for one in (*truth["planted"], *truth["arisen"], *truth["formal"]):
        kinds = {one["kind"], *one.get("breaches", ())}
        for code, (known, before) in OWED.items():
            if kinds & known:
                names = {one["subject_id"]} if before == PERSON else {before + entry for entry in one["entries"]}
                wanted[code] |= names
    return wanted


def compare(lake: Lake, truth_file: Path) -> list[Agreement]:
    """Every control of the catalogue against the truth."""
    wanted = owed(json.loads(truth_file.read_text(encoding="utf-8")))
    with Session(lake) as session:
        ask_lake(session.connection, list(catalogue().values()), Calendar())
        rows = session.connection.execute(
            "SELECT DISTINCT control, object_id FROM log_results WHERE result = 'breach'"
        ).fetchall()
    named: dict[str, set[str]] = {code: set() for code in wanted}
    for code, name in rows:
        named[code].add(name)
    return [
        Agreement(code, len(named[code]), len(wanted[code]), len(named[code] & wanted[code])) for code in sorted(wanted)
    ]
