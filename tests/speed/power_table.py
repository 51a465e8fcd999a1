"""How does the table of power read? Per phenomenon and scale, with intervals, from the worlds that are kept."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import numpy as np
from scipy.stats import binomtest, t

from tests.speed.deterministic import Agreement

STRENGTHS, MEDIUM, QUIET = (0.2, 0.6, 0.9), 0.6, 0.0
EXPECTED, STEERED = 20, 0.2  # meetings by lot, and share steered beyond them, from which a pair counts for the bar
ESCAPED = 10  # finds that everybody's rate would have brought, from which "never a find" can be told from luck
PAIRS = frozenset({"collusive_pair", "night_steering", "assignment_gaming"})
POWER = frozenset({
    "incompatible_posts", "downgraded_examination", "two_person_breach", "zero_find", "token_examination",
    "back_dated_fieldwork", "impossible_track", "overridden_control", "fines_instead_of_transfer", "biased_discretion",
    "paper_rectification",
})  # fmt: skip

Kept = dict[str, dict]


def tell(kept: Kept, scales: Sequence[int], seeds: int) -> list[str]:
    """All tables; what is not measured yet is said, never guessed."""
    at = {n: {s: _worlds(kept, n, seeds, s) for s in (QUIET, *STRENGTHS)} for n in scales}
    lines = ["## Power at medium strength", "", *_by_scale(at), "", "## Beside it", ""]
    for n in scales:
        lines += [f"{n:,} declarations", *_beside(at[n], _compared(kept, n, seeds)), ""]
    lines += ["## How power grows with strength", ""]
    for n in scales:
        lines += _growth(n, at[n])
    used = [world for n in scales for worlds in at[n].values() for world in worlds]
    states = len({world["code"] for world in used})
    spent = sum(world["cpu_seconds"] for world in [*used, *(one for n in scales for one in _compared(kept, n, seeds))])
    return [
        *lines,
        f"{len(used)} worlds, {spent / 60:.0f} CPU minutes, measured with {states} state(s) of the code",
        "",
    ]


def _worlds(kept: Kept, declarations: int, seeds: int, strength: float, part: str = "") -> list[dict]:
    names = (f"{declarations}/{seed}/{strength}{part}" for seed in range(1, seeds + 1))
    return [kept[name] for name in names if name in kept]


def _compared(kept: Kept, declarations: int, seeds: int) -> list[dict]:
    return _worlds(kept, declarations, seeds, MEDIUM, "/controls")


def _by_scale(at: dict[int, dict[float, list[dict]]]) -> list[str]:
    medium = {n: worlds[MEDIUM] for n, worlds in at.items()}
    lines = ["| phenomenon | about | " + " | ".join(f"{n:,}" for n in medium) + " | found by |"]
    lines.append("|---|---|" + "---|" * (len(medium) + 1))
    for kind in sorted(_kinds(medium.values()), key=_about):
        cells = [power([_met(world, kind)["found"] for world in worlds]) for worlds in medium.values()]
        by = {_met(world, kind)["code"] for worlds in medium.values() for world in worlds} - {""}
        lines.append(f"| {kind} | {_about(kind)} | {' | '.join(cells)} | {' '.join(sorted(by))} |")
    for says, enough in VOLUMES.items():
        told = [[met["found"] for world in worlds for met in world["met"] if enough(met)] for worlds in medium.values()]
        lines.append(f"| {says} | | {' | '.join(map(power, told))} | |")
    shares = [mean([world["false_share"] for world in worlds]) for worlds in medium.values()]
    return [*lines, f"| mean false-discovery proportion | | {' | '.join(shares)} | |"]


def _steered(met: dict) -> bool:
    return met["steered"] is not None and met["expected"] >= EXPECTED and met["steered"] >= STEERED


def _escaped(met: dict) -> bool:
    return met["kind"] == "zero_find" and met["expected"] >= ESCAPED


def _about(kind: str) -> str:
    """Whose doing it is: the bars of the table are set by that."""
    return "officer × trader" if kind in PAIRS else "power of office" if kind in POWER else "traders"


VOLUMES: dict[str, Callable[[dict], bool]] = {  # what can be told from luck at its volume at all
    f"officer × trader, {EXPECTED} expected or more, {STEERED} steered": _steered,
    f"zero_find, {ESCAPED} finds expected or more": _escaped,
}


def _beside(worlds: dict[float, list[dict]], compared: list[dict]) -> list[str]:
    every = [world for strength in STRENGTHS for world in worlds[strength]]
    codes = sorted({code for world in every for code in world["statistical"]})
    told = {code: np.sum([world["false"].get(code, [0, 0]) for world in every], axis=0) for code in codes}
    by = ", ".join(f"{code} {false} of {total}" for code, (false, total) in told.items())
    peace = [world["people"] == 0 for world in worlds[QUIET]]
    return [
        f"- false of all findings, by statistical detector: {by or 'no finding'}",
        f"- quiet worlds in which nobody is named: {sum(peace)} of {len(peace)}",
        f"- {_controls([Agreement(**one) for world in compared for one in world['controls']])}",
    ]


def _growth(declarations: int, worlds: dict[float, list[dict]]) -> list[str]:
    if not all(worlds[strength] for strength in STRENGTHS):
        return []
    lines = [f"| {declarations:,} declarations | " + " | ".join(f"at {s}" for s in STRENGTHS) + " |"]
    lines.append("|---|" + "---|" * len(STRENGTHS))
    for kind in _kinds(worlds[strength] for strength in STRENGTHS):
        cells = [power([_met(world, kind)["found"] for world in worlds[s]]) for s in STRENGTHS]
        lines.append(f"| {kind} | {' | '.join(cells)} |")
    shares = [mean([world["false_share"] for world in worlds[s]]) for s in STRENGTHS]
    return [*lines, f"| mean false-discovery proportion | {' | '.join(shares)} |", ""]


def _kinds(groups: Iterable[list[dict]]) -> list[str]:
    return list(dict.fromkeys(met["kind"] for worlds in groups for world in worlds for met in world["met"]))


def _met(world: dict, kind: str) -> dict:
    return next(met for met in world["met"] if met["kind"] == kind)


def power(found: list[bool]) -> str:
    """A share with its 95 % interval (Wilson)."""
    if not found:
        return "not measured"
    low, high = binomtest(sum(found), len(found)).proportion_ci(method="wilson")
    return f"{np.mean(found):.2f} ({low:.2f}–{high:.2f}, n {len(found)})"


def mean(values: list[float]) -> str:
    """A mean with its 95 % interval; of a single world none can be given."""
    if len(values) < 2:
        return f"{values[0]:.3f} (one world)" if values else "not measured"
    half = t.ppf(0.975, len(values) - 1) * np.std(values, ddof=1) / len(values) ** 0.5
    return f"{np.mean(values):.3f} ± {half:.3f}"


def _controls(told: list[Agreement]) -> str:
    if not told:
        return "deterministic controls: not measured"
    named, true, both = (sum(getattr(one, name) for one in told) for name in ("named", "true", "both"))
    wrong = sorted({one.code for one in told if one.recall < 1 or one.precision < 1})
    share = [both / whole if whole else 1.0 for whole in (true, named)]
    tail = f"; not equal: {' '.join(wrong)}" if wrong else ""
    return f"deterministic controls: recall {share[0]:.4f}, precision {share[1]:.4f} over {true} true breaches{tail}"
