"""The declared rights, read a second time: from the step tables and the columns, without the product's own deciding code."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from guanjian.kernel.flow import Flow, Step
from guanjian.moving.record import Record
from guanjian.org.posts import Post
from tests.cast import UNITS

PLACES = ("0000", "2200", "2201", "5300", "22P0")  # headquarters, district, house, another district, police bureau
ADMINISTRATORS = (Post.SYS_ADMIN, Post.SEC_ADMIN, Post.AUD_ADMIN)
FRONT = "front"  # the front-line officer of the house: the second of the two officers of every job in the samples


@dataclass(frozen=True)
class Insider:
    """One person with one post in one unit."""

    name: str
    post: Post
    unit: str

    @property
    def level(self) -> str:
        return UNITS[self.unit][0]

    @property
    def district(self) -> str:
        return UNITS[self.unit][3]

    @property
    def house(self) -> str:
        return UNITS[self.unit][4]


def _name(post: Post, unit: str) -> str:
    return FRONT if (post, unit) == (Post.FRONTLINE, "2201") else f"{post}.{unit}"


INSIDERS = tuple(Insider(_name(post, unit), post, unit) for unit in PLACES for post in Post if post != Post.SYSTEM)


def asked_by(one: Insider, number: int, of: int) -> bool:
    """One of so many people asks for this: in rotation over posts and over places, so that every post asks somewhere."""
    return (number + list(Post).index(one.post) + PLACES.index(one.unit)) % of == 0


def readers(flow: Flow) -> set[str]:
    """Whose post reads the loop: who has a step, who opens it, who is named as a reader."""
    acting = {post for step in flow.steps for post in step.by}
    return acting | set(flow.readers) | set(flow.opens)


def within(one: Insider, record: Record) -> bool:
    """The record lies in the territory of the unit; a compartment is entered by oversight of its own unit alone."""
    if record.label == "integrity":
        return one.post == Post.OVERSIGHT and one.unit == record.compartment
    column = {"hq": None, "district": "district_code", "house": "house_code", "section": "unit_code"}[one.level]
    own = {"district_code": one.district, "house_code": one.house, "unit_code": one.unit}
    return column is None or getattr(record, column) == own[column]


def _case(one: Insider, case: Record) -> bool:
    """A case is the police's (and oversight's, the leader's) until what it teaches is fed back in a scope."""
    if one.post in (Post.FUNCTION, Post.RISK):
        return case.scope in ("open", "limited")
    if one.post in (Post.FRONTLINE, Post.SECTION_CHIEF, Post.HOUSE_LEADER):
        return case.scope == "open"
    return True


def _job(one: Insider, job: Record) -> bool:
    """An officer of the front line sees the jobs that he goes to, or planned."""
    own = (job.first_officer, job.second_officer, job.author_id)
    return one.post != Post.FRONTLINE or one.name in own


def _unsealed(one: Insider, lead: Record) -> bool:
    """A refuted lead is seen by nobody."""
    return lead.state != "sealed"


def _not_about_me(one: Insider, inquiry: Record) -> bool:
    """Whoever an inquiry names does not see it."""
    return one.name not in inquiry.officers


def _training(one: Insider, training: Record) -> bool:
    """Everybody sees his own training; who trains sees the people of the territory."""
    return one.post == Post.FUNCTION or one.name == training.officer_id


def _judged(one: Insider, duty: Record) -> bool:
    """Before it is published the list of a leader is for the level above him."""
    above = one.post in (Post.HOUSE_LEADER, Post.LEADER, Post.FUNCTION, Post.OVERSIGHT) and one.unit != duty.unit_code
    return above or duty.state == "published"


def _appraised(one: Insider, sheet: Record) -> bool:
    """Who neither appraises nor is appraised reads a sheet when it is published."""
    return one.post not in (Post.RISK, Post.POLICE, Post.POLICE_LEGAL) or sheet.state == "published"


NARROWER: dict[str, Callable[[Insider, Record], bool]] = {  # what a loop declares beyond territory and post
    "appraisal": _appraised,
    "case": _case,
    "duty": _judged,
    "fieldwork": _job,
    "lead": _unsealed,
    "inquiry": _not_about_me,
    "training": _training,
}


def sees(one: Insider, record: Record) -> bool:
    """This person may see the record."""
    flow = record.flow
    if one.post in ADMINISTRATORS or one.post not in readers(flow):
        return False
    return within(one, record) and NARROWER.get(flow.name, lambda *_: True)(one, record)


def may(one: Insider, record: Record, step: Step) -> bool:
    """This person may take the step on a record that is such that the step may be taken."""
    if not sees(one, record) or one.post not in step.by:
        return False
    if (step.above and one.unit == record.unit_code) or not _whose(one, record, step):
        return False
    if step.kept_from and one.name in getattr(record, step.kept_from):
        return False
    return not step.named or one.name in getattr(record, step.named)


def _whose(one: Insider, record: Record, step: Step) -> bool:
    """Of its posts it is this person's, where the record names one; and his unit stands on the side that it is for."""
    if step.whose and getattr(record, step.whose) != one.post:
        return False
    if step.own and record.unit_code != one.unit:
        return False
    place = {"hq": None, "district": "district_code", "house": "house_code", "section": "unit_code"}[one.level]
    own = {"district_code": one.district, "house_code": one.house, "unit_code": one.unit}
    if step.side and (UNITS[one.unit][1] == "police") != (
        UNITS[getattr(record, f"{step.side}_unit_code")][1] == "police"
    ):
        return False
    return not step.side or place is None or getattr(record, f"{step.side}_{place}") == own[place]


def has_a_turn(one: Insider, record: Record) -> bool:
    """The record stands in a state in which the post of this person has something to do, and he sees it."""
    here = [step for step in record.flow.steps if record.state in step.source]
    steps = [step for step in here if one.post in step.by and not _beside(step, here)]
    return sees(one, record) and any(_whose(one, record, step) for step in steps)


def _beside(step: Step, here: list[Step]) -> bool:
    """A right beside the duty of others: there is a main step and this is not it, or it is grave and the rest just happens."""
    if main := [one.name for one in here if one.weight == "main"]:
        return step.name not in main
    rest = [one for one in here if one.name != step.name]
    return step.weight == "grave" and rest != [] and all(one.remote or tuple(one.by) == (Post.SYSTEM,) for one in rest)
