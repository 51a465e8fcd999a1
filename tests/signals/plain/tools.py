"""Dates, spans and the two tails, in plain words."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date, datetime

from scipy.special import betainc
from scipy.stats import nbinom, poisson

from guanjian.kernel.workdays import CHINA


def local(moment: datetime) -> datetime:
    """The wall clock in China."""
    return moment.astimezone(CHINA)


def month(moment: datetime) -> str:
    """2026-03"""
    return f"{local(moment):%Y-%m}"


def span(months: Iterable[str]) -> str:
    """The first and the last month, once if they are the same."""
    first, last = min(months), max(months)
    return first if first == last else f"{first}/{last}"


def groups(rows: Iterable, key: Callable) -> dict:
    """Rows by key."""
    found = defaultdict(list)
    for row in rows:
        found[key(row)].append(row)
    return dict(found)


def at_night(moment: datetime) -> bool:
    """From 20:00 to 06:00."""
    return local(moment).hour >= 20 or local(moment).hour < 6


def tail(seen: float, mean: float, variance: float) -> float:
    """The binomial (beyond its variance the Poisson, then the negative binomial) with these moments reaches `seen`."""
    if seen <= 0:
        return 1.0
    if variance > mean * (1 + 1e-9):
        stay = mean / variance
        return float(nbinom.sf(seen - 1, mean * stay / (1 - stay), stay))
    if variance >= mean * (1 - 1e-9):
        return float(poisson.sf(seen - 1, mean))
    share = 1 - variance / mean
    return float(betainc(seen, max(mean / share - seen + 1, 1.0), share))


def beyond_colleagues(work: dict, least: int) -> list[tuple]:
    """`work`: cell → officer → (marked, unit, month) per piece; the hypergeometric moments cell by cell."""
    of: dict[str, list] = defaultdict(list)
    for cell in work.values():
        whole = sum(len(pieces) for pieces in cell.values())
        marked = sum(piece[0] for pieces in cell.values() for piece in pieces)
        for officer, pieces in cell.items():
            done = len(pieces)
            if whole > 1 and 0 < marked < whole and done < whole:
                mean = marked * done / whole
                variance = mean * (whole - marked) * (whole - done) / (whole * (whole - 1))
                of[officer].append((pieces, mean, variance))
    found = []
    for officer, cells in of.items():
        if sum(len(pieces) for pieces, _, _ in cells) < least:
            continue
        seen = sum(piece[0] for pieces, _, _ in cells for piece in pieces)
        mean, variance = sum(m for _, m, _ in cells), sum(v for _, _, v in cells)
        unit = min(cells, key=lambda cell: (-len(cell[0]), cell[0][0][1]))[0][0][1]
        # a cell's month is that of its earliest piece
        when = span([min(piece[2] for piece in pieces) for pieces, _, _ in cells])
        found.append((officer, unit, when, -math.log10(max(tail(seen, mean, variance), 1e-300)), seen, mean))
    return found


def beyond_usual(work: dict, least: int, borrowed: float) -> list[tuple]:
    """`work`: (unit, kind) → one set of (piece, officers, marked, month) per cell; rare marks against what is usual."""
    of: dict[str, list] = defaultdict(list)
    for (unit, kind), pieces in work.items():
        same = {where: found for (where, other), found in work.items() if other == kind}
        most = min(same, key=lambda where: (-sum(piece[2] for piece in same[where]), where))
        far = [piece for where, found in same.items() if where not in (unit, most) for piece in found]
        usual = (sum(piece[2] for piece in far) + 0.5) / (len(far) + 1)
        for officer in {who for piece in pieces for who in piece[1]}:
            mine = [piece for piece in pieces if officer in piece[1]]
            rest = [piece for piece in pieces if officer not in piece[1]]
            rate = (sum(piece[2] for piece in rest) + borrowed * usual) / (len(rest) + borrowed)
            of[officer].append((mine, rate, len(rest) + borrowed + 1, unit))
    told = []
    for officer in sorted(of):
        cells = of[officer]
        single = sum(len(mine) * rate * (1 - rate) for mine, rate, _, _ in cells)
        learned = sum(len(mine) * (len(mine) - 1) * rate * (1 - rate) / known for mine, rate, known, _ in cells)
        twice = sum(len(mine) * (len(mine) - 1) * rate * (1 - rate) for mine, rate, _, _ in cells)
        every = [piece for mine, _, _, _ in cells for piece in mine]
        seen, mean = sum(piece[2] for piece in every), sum(len(mine) * rate for mine, rate, _, _ in cells)
        unit = min(cells, key=lambda cell: (-len(cell[0]), cell[3]))[3]
        if len(every) >= least:
            told.append((officer, unit, span([piece[3] for piece in every]), seen, mean, (single, learned, twice)))
    excess = sorted((round((row[4] - row[3]) ** 2 - row[5][0], 9), n) for n, row in enumerate(told))
    kept = excess[: len(told) - math.ceil(0.05 * len(told))]
    found = []
    for officer, unit, when, seen, mean, (single, learned, twice) in told:
        far = [(each, told[n][5][2]) for each, n in kept if told[n][1] != unit]
        pairs = sum(many for _, many in far)
        alike = min(max(sum(each for each, _ in far) / pairs, 0.0), 0.99) if pairs > 1e-9 else 0.0
        found.append((officer, unit, when, max(tail(seen, mean, single + learned + twice * alike), 1e-300), seen, mean))
    return found


def on_shift(world: dict, officer: str, at: datetime) -> list[tuple]:
    """The shifts (unit, post, begins, ends) of an officer at a moment that at least three share."""
    posted: dict[tuple, str] = {}
    for row in world["rosters"]:
        key = (row["unit_code"], row["starts_at"], row["ends_at"], row["officer_id"])
        posted[key] = min(posted.get(key, row["post"]), row["post"])
    pools = groups(posted.items(), lambda item: (item[0][0], item[1], item[0][1], item[0][2]))
    return [
        shift
        for shift, crew in pools.items()
        if len(crew) >= 3 and shift[2] <= at < shift[3] and officer in {key[3] for key, _ in crew}
    ]


def day_text(day: date) -> str:
    """2026-03-02"""
    return f"{day:%Y-%m-%d}"
