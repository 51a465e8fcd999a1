"""EXM-01, read plainly."""

import math

from tests.signals.plain.tools import day_text, groups, local

LOOSE = {"cut": 0.0, "least": 1}


def read(world, cut, least):
    heads = {row["entry_id"]: row for row in world["declarations"]}
    lanes = groups([row for row in world["selections"] if row["selected"]], lambda row: row["entry_id"])

    def work(exam):
        lane = min((row["lane"] for row in lanes.get(exam["entry_id"], [])), default="")
        return heads[exam["entry_id"]]["unit_code"], exam["mode"], lane

    def owner(exam):
        return heads[exam["entry_id"]]["consignee_id"]

    of = {}
    for place, exams in groups(world["examinations"], work).items():
        for who, its in groups(exams, owner).items():
            others = [exam for exam in exams if owner(exam) != who]
            rate = sum(exam["finding"] for exam in others) / len(others) if others else 0.0
            of.setdefault(who, []).append((place, its, rate * len(its)))
    sums = {who: _sums(parts) for who, parts in of.items()}
    pairs = sum(n * (n - 1) * (e / n) * (1 - e / n) for n, _, e in sums.values())
    excess = sum((x - e) ** 2 - n * (e / n) * (1 - e / n) for n, x, e in sums.values())
    alike = min(max(excess / pairs, 0.0), 0.99) if pairs > 0 else 0.0
    found = []
    for who, (times, finds, expected) in sums.items():
        p = 1.0 if finds else _nothing(times, min(max(expected / times, 1e-12), 1 - 1e-12), alike)
        if times >= least and -math.log10(p) >= cut:
            days = [local(exam["started_at"]).date() for _, its, _ in of[who] for exam in its]
            unit = min(of[who], key=lambda part: (-len(part[1]), part[0][0]))[0][0]
            period = f"{day_text(min(days))}/{day_text(max(days))}"
            found.append((who, unit, period, -math.log10(p), finds, expected))
    return found


def _sums(parts):
    exams = [exam for _, its, _ in parts for exam in its]
    return len(exams), sum(exam["finding"] for exam in exams), sum(expected for _, _, expected in parts)


def _nothing(times, rate, alike):
    """Each further empty examination makes the next one likelier to be empty, too."""
    p, size = 1.0, (1 - alike) / alike if alike > 0 else None
    for before in range(times):
        p *= 1 - rate if size is None else ((1 - rate) * size + before) / (size + before)
    return p
