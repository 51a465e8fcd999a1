"""I-CLR, read plainly."""

from datetime import timedelta

from tests.signals.indicators.plain.exm import counted
from tests.signals.plain.tools import at_night, groups

APART = {"doc_review", "price_review", "classify", "examine", "release", "post_audit", "investigate"}


def steps(world, case, exposed):
    """Events that are exposed, and those among them that are a case."""
    for row in world["events"]:
        if exposed(row):
            yield row["unit_code"], row["at"], bool(case(row)), 1


def per_accepted(world, activity):
    for row in world["events"]:
        yield row["unit_code"], row["at"], row["activity"] == activity, row["activity"] == "accept"


def clr01(world):
    for head in world["declarations"]:
        if head["released_at"]:
            hours = (head["released_at"] - head["declared_at"]).total_seconds() / 3600
            yield head["unit_code"], head["declared_at"], hours, 1


def clr02(world, hours):
    for head in world["declarations"]:
        if head["released_at"]:
            slow = head["released_at"] - head["declared_at"] > timedelta(hours=hours)
            yield head["unit_code"], head["declared_at"], slow, 1


def clr03(world):
    return steps(
        world,
        lambda row: not row["officer_id"],
        lambda row: row["object_type"] == "entry" and row["activity"] == "release",
    )


def clr04(world):
    return per_accepted(world, "amend")


def clr05(world):
    return per_accepted(world, "cancel")


def clr06(world):
    return counted(
        world, lambda exam, head: head["released_at"] < exam["started_at"], lambda exam, head: head["released_at"]
    )


def clr07(world):
    return steps(world, lambda row: row["officer_id"], lambda row: row["activity"] == "doc_review")


def clr08(world):
    done = [
        row
        for row in world["events"]
        if row["object_type"] == "entry" and row["activity"] in APART and row["officer_id"]
    ]
    for rows in groups(done, lambda row: row["object_id"]).values():
        hands = groups(rows, lambda row: row["officer_id"]).values()
        both = any(len({row["activity"] for row in his}) > 1 for his in hands)
        units = [row["unit_code"] for row in rows if row["unit_code"]]
        yield min(units, default=None), min(row["at"] for row in rows), both, 1


def clr09(world):
    return steps(world, lambda row: at_night(row["at"]), lambda row: row["activity"] == "release" and row["officer_id"])
