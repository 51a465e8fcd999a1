"""The tables of the bench of targeting: yield against the oracle's, how far the hybrid is ahead, and what kinds were found."""

from __future__ import annotations

import numpy as np

from guanjian.targeting.measures import means
from tests.targeting.drifting import KINDS

EARLY, LATE, BAR = (10, 30), (130, 150), 0.9


def share(told: dict, span: tuple[int, int]) -> float:
    """The part of the oracle's yield in these weeks."""
    return sum(told["yields"][slice(*span)]) / sum(told["oracle"][slice(*span)])


def tell(told: dict[str, list[dict]], late: tuple[int, int]) -> None:
    """For each strategy one result to each seed, told with 95 % intervals over the seeds."""
    _tell_yields(told, late)
    for span in (late, (EARLY[1], late[1])):
        for name in list(told)[1:]:
            _tell_lead(told, name, span)
    _tell_kinds(told, late[1])


def _tell_yields(told: dict[str, list[dict]], late: tuple[int, int]) -> None:
    print(f"{'strategy':14}{'weeks 11–30':>18}{f'weeks {late[0] + 1}–{late[1]}':>18}{'late ÷ early':>18}{'cpu s':>8}")
    for name, results in told.items():
        early, ending = ([share(one, span) for one in results] for span in (EARLY, late))
        over = [b / a for a, b in zip(early, ending, strict=True)]
        cells = "".join(f"{mean:>10.3f} ± {half:.3f}" for mean, half in map(means, (early, ending, over)))
        print(f"{name:14}{cells}{np.mean([one['cpu_s'] for one in results]):>8.0f}")
        if name == "hybrid":
            kept = "kept" if np.mean(over) >= BAR else "MISSED"
            print(f"{'':14}bar late ÷ early ≥ {BAR}: {kept} (seed by seed {min(over):.2f}–{max(over):.2f})")


def _tell_lead(told: dict[str, list[dict]], name: str, span: tuple[int, int]) -> None:
    pairs = zip(told["hybrid"], told[name], strict=True)
    ahead = [share(own, span) - share(other, span) for own, other in pairs]
    mean, half = means(ahead)
    first = f"weeks {span[0] + 1}–{span[1]}: hybrid − {name}: {mean:+.3f} ± {half:.3f}"
    print(f"{first}, ahead in {sum(a > 0 for a in ahead)} of {len(ahead)} seeds")


def _tell_kinds(told: dict[str, list[dict]], until: int) -> None:
    """What each kind is of all that is evaded, and which part of it each strategy found."""
    print(f"\nweeks {EARLY[1] + 1}–{until}   " + "".join(f"{kind:>14}" for kind in (*KINDS, "slips")))
    there = {name: np.sum([one["there"] for one in results], axis=0) for name, results in told.items()}
    print(f"{'of all evaded':14}" + "".join(f"{part:>14.3f}" for part in there["hybrid"] / there["hybrid"].sum()))
    for name, results in told.items():
        taken = np.sum([one["taken"] for one in results], axis=0) / np.maximum(there[name], 1e-9)
        print(f"{name:14}" + "".join(f"{part:>14.3f}" for part in taken))
