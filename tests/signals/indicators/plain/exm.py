"""I-EXM, read plainly."""

from collections import Counter
from datetime import timedelta

from tests.signals.plain.tools import at_night, local

STRICT = {"A": 3, "B": 2, "C": 1, "J": 1}


def exams(world):
    """Each examination with its entry."""
    heads = {head["entry_id"]: head for head in world["declarations"]}
    for exam in world["examinations"]:
        yield exam, heads[exam["entry_id"]]


def counted(world, case, exposed=lambda exam, head: True):
    """Examinations that are exposed, and those among them that are a case."""
    for exam, head in exams(world):
        if exposed(exam, head):
            yield head["unit_code"], exam["started_at"], bool(case(exam, head)), 1


def exm01(world):
    opened = {exam["entry_id"] for exam in world["examinations"]}
    for head in world["declarations"]:
        yield head["unit_code"], head["declared_at"], head["entry_id"] in opened, 1


def exm02(world):
    return counted(world, lambda exam, _: exam["finding"])


def exm03(world):
    return counted(world, lambda exam, _: exam["handling"] == "4", lambda exam, _: exam["finding"])


def exm04(world):
    filed = {number for case in world["cases"] for number in case["entry_ids"]}
    return counted(world, lambda exam, _: exam["entry_id"] in filed, lambda exam, _: exam["handling"] == "4")


def exm05(world):
    return counted(world, lambda exam, _: exam["find_kind"] == "delete_amend", lambda exam, _: exam["find_kind"])


def exm06(world):
    return counted(world, lambda exam, _: exam["find_kind"] == "tax", lambda exam, _: exam["find_kind"])


def exm07(world):
    return counted(world, lambda exam, _: at_night(exam["started_at"]))


def exm08(world, full_minutes, partial_minutes):
    least = {"A": full_minutes, "B": partial_minutes}
    return counted(
        world,
        lambda exam, _: exam["ended_at"] - exam["started_at"] < timedelta(minutes=least[exam["mode"]]),
        lambda exam, _: exam["mode"] in least and exam["ended_at"],
    )


def exm09(world):
    return counted(
        world,
        lambda exam, _: STRICT[exam["mode"]] < STRICT[exam["required_mode"]],
        lambda exam, _: exam["required_mode"],
    )


def exm10(world):
    return counted(
        world, lambda exam, _: exam["officer2"] in (None, "", exam["officer1"]), lambda exam, _: exam["mode"] != "J"
    )


def exm11(world):
    return counted(world, lambda exam, _: exam["mode"] == "A")


def exm12(world):
    for exam, head in exams(world):
        if exam["mode"] != "J" and exam["ended_at"]:
            minutes = (exam["ended_at"] - exam["started_at"]).total_seconds() / 60
            yield head["unit_code"], exam["started_at"], minutes, 1


def exm13(world, times):
    days = Counter((head["unit_code"], local(exam["started_at"]).date()) for exam, head in exams(world))
    for (unit, day), done in days.items():
        mine = [number for (other, _), number in days.items() if other == unit]
        yield unit, day, done if done >= times * (sum(mine) / len(mine)) else 0, done


def exm14(world):
    boxes = Counter(row["entry_id"] for row in world["containers"])
    for exam, head in exams(world):
        number = boxes[exam["entry_id"]]
        yield head["unit_code"], exam["started_at"], number * exam["finding"], number


def exm15(world):
    for exam, head in exams(world):
        yield head["unit_code"], exam["started_at"], exam["evaded_cny"] or 0, head["tax_cny"] or 0


def exm16(world):
    def fit(officer, day):
        return any(
            row["officer_id"] == officer and row["passed"] and row["on"] <= day <= (row["expires"] or day)
            for row in world["qualifications"]
        )

    return counted(world, lambda exam, _: not fit(exam["officer1"], local(exam["started_at"]).date()))


def exm17(world, years):
    since = {row["officer_id"]: row["in_post_since"] for row in world["officers"]}
    return counted(
        world,
        lambda exam, _: (local(exam["started_at"]).date() - since[exam["officer1"]]).days > years * 365,
        lambda exam, _: exam["officer1"] in since,
    )


def exm18(world):
    listed = {row["officer_id"] for row in world["rosters"]}

    def there(exam):
        return any(
            row["officer_id"] == exam["officer1"] and row["starts_at"] <= exam["started_at"] < row["ends_at"]
            for row in world["rosters"]
        )

    return counted(world, lambda exam, _: not there(exam), lambda exam, _: exam["officer1"] in listed)


def exm19(world):
    for row in world["events"]:
        yield row["unit_code"], row["at"], row["activity"] == "sample", row["activity"] == "examine"
