"""Where should the cut of a signal lie? Read off what disposals decided about its own alerts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil

from guanjian.kernel.papers import Verdict
from guanjian.kernel.words import Text

ENOUGH = 20  # alerts decided, before anything is advised (默认参数，待本单位核定)
KEPT = 0.95  # of the confirmed ones, at least so many stay above the advised cut
WORTH = 0.1  # of the false alarms, at least so many go

TOO_FEW = Text("已有{n}件结论，满{enough}件后给出建议", "{n} decided; advice from {enough} on")
STAYS = Text("维持现阈值", "Keep the cut")
HIGHER = Text(
    "强度阈值提高到{cut}：误报减少{saved}/{refuted}件，属实保留{kept}/{confirmed}件",
    "Raise the cut to {cut}: {saved}/{refuted} false alarms less, {kept}/{confirmed} confirmed kept",
)
NEVER = Text("从无属实：建议停用或重写", "Never confirmed: retire or rewrite it")


@dataclass(frozen=True)
class Advice:
    """What would change with another cut; `cut` is None where the present one should stay."""

    said: Text
    cut: float | None = None
    saved: int = 0


def advise(decided: Sequence[tuple[float, str]]) -> Advice:
    """From pairs of strength and verdict of one signal's closed alerts; undetermined ones say nothing."""
    right = sorted((score for score, verdict in decided if verdict == Verdict.CONFIRMED), reverse=True)
    wrong = [score for score, verdict in decided if verdict == Verdict.REFUTED]
    if len(right) + len(wrong) < ENOUGH:
        return Advice(TOO_FEW.filled(n=len(right) + len(wrong), enough=ENOUGH))
    if not right:
        return Advice(NEVER)
    cut = right[max(_least(len(right)) - 1, 0)]
    saved = sum(score < cut for score in wrong)
    if saved < max(WORTH * len(wrong), 1):
        return Advice(STAYS)
    kept = sum(score >= cut for score in right)
    counts = {"saved": saved, "refuted": len(wrong), "kept": kept, "confirmed": len(right)}
    return Advice(HIGHER.filled(cut=f"{cut:.3g}", **counts), cut, saved)


def _least(confirmed: int) -> int:
    """How many confirmed ones must stay."""
    return ceil(KEPT * confirmed)


def by_signal(rows: Iterable[tuple[str, float, str]]) -> dict[str, Advice]:
    """Advice to each signal from (code, strength, verdict)."""
    decided: dict[str, list[tuple[float, str]]] = {}
    for code, score, verdict in rows:
        decided.setdefault(code, []).append((score, verdict))
    return {code: advise(found) for code, found in decided.items()}
