"""Who walks: the cast, and people with many posts at once, who try to be their own second person."""

from __future__ import annotations

from collections.abc import Iterable

from guanjian.kernel.flow import Step
from guanjian.moving.record import Record
from guanjian.org.actor import Actor
from guanjian.org.posts import Post
from tests.cast import CAST, KEYED, actor, holding

CUSTOMS = (Post.FRONTLINE, Post.SECTION_CHIEF, Post.HOUSE_LEADER, Post.RISK, Post.FUNCTION, Post.LEADER, Post.OVERSIGHT)
POLICE = (Post.POLICE, Post.POLICE_LEGAL, Post.POLICE_LEADER)
MANY = {
    "someone": ((Post.FRONTLINE, "2201"),),  # the officer whose telephone the samples of field work have
    "all_house": tuple((post, "2201") for post in CUSTOMS),
    "all_customs": tuple((post, "2200") for post in CUSTOMS),
    "all_police": tuple((post, "22P0") for post in POLICE),
    "everything": (*((post, "2200") for post in CUSTOMS), *((post, "22P0") for post in POLICE), (Post.LEADER, "0000")),
}
PEOPLE = tuple(actor(name) for name in CAST) + tuple(
    Actor(name, name, tuple(holding(*held) for held in posts)) for name, posts in MANY.items()
)
ON_LISTS = (*KEYED, "everything")  # those with a key of their own; the others read no compartment
TIED = ("function_two", "cousin", "E0003")  # two hops: a relation of a relation is a party


def fit(record: Record, step: Step) -> list[Actor]:
    """Those whose post and territory are right for the step; the rest is for the flow to decide."""

    def may(one: Actor, post: Post) -> bool:
        return one.covers(post, record, step.above) and (not step.own or one.serves(post, record.unit_code))

    return [one for one in PEOPLE if any(may(one, post) for post in step.posts_for(record))]


def named(names: Iterable[str]) -> list[Actor]:
    """These people."""
    return [one for one in PEOPLE if one.person_id in set(names)]
