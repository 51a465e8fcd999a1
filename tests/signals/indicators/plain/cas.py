"""I-CAS, read plainly."""

from datetime import timedelta

from tests.signals.indicators.plain.exm import exams


def fines(world, case):
    """All penalties with their case, and those among them that are a case."""
    files = {row["case_id"]: row for row in world["cases"]}
    for row in world["penalties"]:
        file = files[row["case_id"]]
        yield file["unit_code"], row["decided_at"], bool(case(row, file)), 1


def closed(world, case):
    for row in world["cases"]:
        if row["closed_at"]:
            yield row["unit_code"], row["closed_at"], bool(case(row)), 1


def cas01(world, within_days):
    most = timedelta(days=within_days)
    return fines(world, lambda row, file: row["decided_at"] - file["filed_at"] > most)


def cas02(world, within_days):
    return closed(world, lambda row: row["closed_at"] - row["filed_at"] > timedelta(days=within_days))


def cas03(world, at_least_cny):
    for row in world["cases"]:
        if row["kind"] == "administrative" and row["evaded_cny"] is not None:
            yield row["unit_code"], row["filed_at"], row["evaded_cny"] >= at_least_cny, 1


def cas04(world):
    return fines(world, lambda row, _: not row["legal_review_by"])


def cas05(world):
    return fines(world, lambda row, _: row["tier"] in ("none", "reduced"))


def cas06(world):
    files = {row["case_id"]: row for row in world["cases"]}
    for row in world["penalties"]:
        yield files[row["case_id"]]["unit_code"], row["decided_at"], row["fine_cny"], row["base_cny"]


def cas07(world):
    return fines(world, lambda row, _: not row["approved_by"] or row["approved_by"] in row["officers"])


def cas08(world):
    return fines(world, lambda row, _: len(set(row["officers"])) < 2)


def cas09(world):
    return closed(world, lambda row: row["gap_code"])


def cas10(world, days):
    for row in world["cases"]:
        if row["gap_code"] and row["found_by_unit"]:
            same = [
                other["filed_at"]
                for other in world["cases"]
                if (other["gap_code"], other["found_by_unit"]) == (row["gap_code"], row["found_by_unit"])
                and (other["filed_at"], other["case_id"]) < (row["filed_at"], row["case_id"])
            ]
            again = bool(same) and row["filed_at"] - max(same) <= timedelta(days=days)
            yield row["found_by_unit"], row["filed_at"], again, 1


def cas11(world, within_days):
    for exam, head in exams(world):
        if exam["handling"] == "4" and exam["ended_at"]:
            waits = [
                case["filed_at"] - exam["ended_at"]
                for case in world["cases"]
                if exam["entry_id"] in case["entry_ids"] and case["filed_at"] >= exam["ended_at"]
            ]
            if waits:
                yield head["unit_code"], exam["started_at"], min(waits) <= timedelta(days=within_days), 1


def cas12(world):
    for row in world["cases"]:
        yield row["unit_code"], row["filed_at"], bool(row["found_by_unit"]), 1


def cas13(world):
    for row in world["cases"]:
        if row["found_by_unit"]:
            yield row["found_by_unit"], row["filed_at"], 1, 0
