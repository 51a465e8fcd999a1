"""I-SEL, read plainly."""

from datetime import timedelta

from tests.signals.indicators.plain.exm import counted


def orders(world, case):
    """All instructions, and those among them that are a case."""
    for row in world["instructions"]:
        yield row["unit_code"], row["issued_at"], bool(case(row)), 1


def sel01(world, within_minutes):
    most = timedelta(minutes=within_minutes)
    return orders(world, lambda row: row["signed_at"] and row["signed_at"] - row["issued_at"] <= most)


def sel02(world):
    return counted(world, lambda exam, _: exam["finding"], lambda exam, _: exam["instruction_id"])


def sel03(world):
    for row in world["selections"]:
        if row["selected"]:
            yield row["unit_code"], row["decided_at"], row["lane"] == "random", 1


def sel04(world):
    return orders(world, lambda row: row["approved_by"] in (None, "", row["issued_by"]))


def sel05(world):
    return orders(world, lambda row: row["lifted_at"] and (not row["hit_at"] or row["lifted_at"] < row["hit_at"]))


def sel06(world):
    released = {head["entry_id"] for head in world["declarations"] if head["released_at"]}
    opened = {exam["entry_id"] for exam in world["examinations"]}
    for row in world["selections"]:
        if row["selected"] and row["entry_id"] in released:
            yield row["unit_code"], row["decided_at"], row["entry_id"] not in opened, 1


def sel07(world):
    for row in world["events"]:
        yield row["unit_code"], row["at"], row["activity"] == "override", row["activity"] == "select"


def sel08(world):
    drawn = {row["entry_id"] for row in world["selections"] if row["selected"] and row["lane"] == "random"}
    return counted(world, lambda exam, _: exam["finding"], lambda exam, _: exam["entry_id"] in drawn)


def sel09(world):
    for row in world["events"]:
        if row["activity"] == "override":
            yield row["unit_code"], row["at"], not row["reason"], 1
