"""Who is proposed for another post because of an examination, the register that follows an appointment, and the next classing."""

from __future__ import annotations

from guanjian.kernel.flow import Facts
from guanjian.loops.classing import actions as classings
from guanjian.loops.posting import actions as postings
from guanjian.moving.record import Record
from guanjian.moving.verbs import FollowUp, note
from guanjian.org import serving
from guanjian.org.actor import Actor


def move_who_failed(training: Record, actor: Actor, facts: Facts) -> None:
    """Who failed for good is proposed for another post (海关法 art. 73: he does not go on in this one)."""
    why = f"{training.key}：{training.course} 考核不合格。{facts['reason']}"
    postings.open_after(training, training.officer_id, why)


def follow_in_the_register(posting: Record, actor: Actor, facts: Facts) -> None:
    """The register of postings follows what the administrator entered by the order."""
    before, now = (posting.from_unit, posting.from_post), (posting.to_unit, posting.to_post)
    serving.follow(posting.subject_id, before, now, posting.starts_on, posting.ends_on)
    told = {"unit": posting.to_unit, "post": posting.to_post, "since": posting.starts_on.isoformat()}
    note("postings.followed", posting.key, actor, told, posting.district_code)


def class_anew(classing: Record, actor: Actor, facts: Facts) -> None:
    """A review is a classing of its own; the present classes stay in force meanwhile."""
    classings.open_next(classing)


def follow_the_class(classing: Record, actor: Actor, facts: Facts) -> None:
    """A unit has one class at a time: what was in force before ends the day before."""
    classings.follow(classing)


CHAIN: dict[str, list[FollowUp]] = {
    "training.refer": [move_who_failed],
    "posting.enter": [follow_in_the_register],
    "classing.review": [class_anew],
    "classing.adopt": [follow_the_class],
}
