"""I-GOV, I-AUD, I-HRM and I-INT, read plainly."""

from datetime import timedelta

from tests.signals.indicators.plain.clr import steps
from tests.signals.plain.tools import local


def found(world, case):
    for row in world["problems"]:
        yield row["unit_code"], row["found_on"], bool(case(row)), 1, row["line_code"]


def gov01(world):
    for row in world["problems"]:
        if row["closed_on"] and row["due_on"]:
            yield row["unit_code"], row["closed_on"], row["closed_on"] > row["due_on"], 1, row["line_code"]


def gov02(world):
    return found(world, lambda row: row["recurrence_of"])


def gov03(world):
    return found(world, lambda row: row["source"] == "self_check")


def gov04(world):
    return found(world, lambda row: row["severity"] == "high")


def gov05(world):
    for row in world["problems"]:
        if row["closed_on"]:
            yield row["unit_code"], row["closed_on"], (row["closed_on"] - row["found_on"]).days, 1, row["line_code"]


def gov06(world):
    return steps(world, lambda row: row["system"] == "manual", lambda row: True)


def gov07(world, hours):
    def odd(row):
        lag = row["received_at"] - row["at"]
        return lag > timedelta(hours=hours) or lag < timedelta(0)

    return steps(world, odd, lambda row: row["received_at"])


def gov08(world):
    places = {row["finding_id"]: row for row in world["findings"]}
    for row in world["outcomes"]:
        place = places.get(row["finding_id"])
        if place and row["verdict"] in ("confirmed", "refuted"):
            yield place["unit_code"], row["decided_at"], row["verdict"] == "confirmed", 1, place["line_code"]


def hrm01(world):
    for row in world["decisions"]:
        people = {row["proposer"], row["decider"], row["executor"], row["supervisor"]}
        yield row["unit_code"], row["at"], len(people) < 4, 1


def hrm02(world, limit_cny, share):
    for row in world["decisions"]:
        if row["kind"] == "procurement" and row["amount_cny"] is not None:
            yield row["unit_code"], row["at"], share * limit_cny <= row["amount_cny"] < limit_cny, 1


def hrm03(world):
    for row in world["decisions"]:
        if row["kind"] == "asset":
            yield row["unit_code"], row["at"], row["supervisor"] in ("", row["decider"], row["executor"]), 1


def aud01(world):
    for row in world["events"]:
        yield row["unit_code"], row["at"], row["activity"] == "post_audit", row["activity"] == "release"


def int01(world):
    told, heads = world["relations"], {row["entry_id"]: row for row in world["declarations"]}

    def bound(row):
        whose = (heads[row["object_id"]]["consignee_id"], heads[row["object_id"]]["agent_id"])
        return any(
            row["officer_id"] == each["officer_id"]
            and each["other_id"] in whose
            and local(row["at"]).date() >= each["declared_on"]
            for each in told
        )

    with_one = {each["officer_id"] for each in told}
    return steps(world, bound, lambda row: row["object_type"] == "entry" and row["officer_id"] in with_one)


def int02(world):
    for row in world["events"]:
        if row["officer_id"]:
            asked = row["activity"] == "query"
            yield row["unit_code"], row["at"], asked, not asked
