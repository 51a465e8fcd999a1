"""I-ENT, read plainly."""

from datetime import timedelta

from tests.signals.indicators.plain.exm import counted

FROM = {"2018": 4, "2021": 3, "2026": 4}  # the first dishonest level of each scheme


def dishonest(world):
    """By enterprise whose level is known: is it dishonest?"""
    known = [row for row in world["enterprises"] if row["credit_level"]]
    return {row["enterprise_id"]: row["credit_level"] >= FROM[row["credit_scheme"]] for row in known}


def ent01(world):
    known = dishonest(world)
    for head in world["declarations"]:
        if head["consignee_id"] in known:
            yield head["unit_code"], head["declared_at"], known[head["consignee_id"]], 1


def ent02(world):
    known, opened = dishonest(world), {exam["entry_id"] for exam in world["examinations"]}
    for head in world["declarations"]:
        if known.get(head["consignee_id"]):
            yield head["unit_code"], head["declared_at"], head["entry_id"] in opened, 1


def ent03(world):
    first = {row["enterprise_id"] for row in world["enterprises"] if row["credit_level"] == 1}
    return counted(world, lambda exam, _: exam["finding"], lambda _, head: head["consignee_id"] in first)


def ent04(world):
    known = {row["enterprise_id"]: row for row in world["enterprises"]}

    def linked(name, at):
        caught = {other for case in world["cases"] if case["filed_at"] < at for other in case["enterprise_ids"]}
        return name in known and any(
            known[name][column] and known[name][column] == known[other][column]
            for other in caught - {name}
            if other in known
            for column in ("phone", "legal_rep", "address")
        )

    for head in world["declarations"]:
        yield head["unit_code"], head["declared_at"], linked(head["consignee_id"], head["declared_at"]), 1


def ent05(world, days, times):
    whose = {case["case_id"]: case["enterprise_ids"] for case in world["cases"]}
    for head in world["declarations"]:
        at = head["declared_at"]
        fines = [
            row
            for row in world["penalties"]
            if head["consignee_id"] in whose[row["case_id"]]
            and row["decided_at"] < at <= row["decided_at"] + timedelta(days=days)
        ]
        yield head["unit_code"], at, len(fines) >= times, 1
