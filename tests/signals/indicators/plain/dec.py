"""I-DEC, read plainly."""

from datetime import timedelta

from tests.signals.indicators.plain.exm import exams
from tests.signals.plain.tools import local


def dec01(world, share):
    for head in world["declarations"]:
        if head["gross_kg"] is not None and head["net_kg"]:
            excess = float(head["gross_kg"] - head["net_kg"]) >= share * float(head["net_kg"])
            yield head["unit_code"], head["declared_at"], excess, 1


def dec02(world, below_cny):
    for head in world["declarations"]:
        yield head["unit_code"], head["declared_at"], head["value_cny"] < below_cny, 1


def dec03(world, days):
    since = {row["enterprise_id"]: row["registered_on"] for row in world["enterprises"]}
    for head in world["declarations"]:
        if since.get(head["consignee_id"]):
            age = (local(head["declared_at"]).date() - since[head["consignee_id"]]).days
            yield head["unit_code"], head["declared_at"], age < days, 1


def dec04(world, days):
    finds = [
        (head["consignee_id"], exam["started_at"], head["unit_code"]) for exam, head in exams(world) if exam["finding"]
    ]
    for head in world["declarations"]:
        at = head["declared_at"]
        before = [
            unit
            for who, when, unit in finds
            if who == head["consignee_id"] and when < at <= when + timedelta(days=days)
        ]
        if before:
            yield head["unit_code"], at, head["unit_code"] not in before, 1
