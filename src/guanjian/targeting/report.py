"""Was the model worth it? Learned before a day, asked of what came after, beside every naive rule."""

from __future__ import annotations

from typing import Any

import numpy as np

from guanjian.kernel.errors import BadInput
from guanjian.kernel.words import Text
from guanjian.targeting import drift, measures, naive
from guanjian.targeting.model import Model, Scores
from guanjian.targeting.rows import DAY, Rows
from guanjian.targeting.settings import Settings

FEWEST = 30


def evaluate(rows: Rows, since: int, settings: Settings) -> dict[str, Any]:
    """Everything as one report. `since` (seconds) parts what is learned from and what is asked."""
    before, after = rows.take(rows.at < since), rows.take(rows.at >= since)
    share = float(before.examined.mean()) if len(before) else 0.0
    before = before.with_results(np.where(before.known < since, before.found, np.nan))
    asked = after.take(after.examined)
    if len(asked) < FEWEST:
        raise BadInput(
            f"该日以后有查验结果的报关单只有{len(asked)}票，无法评价。",
            f"Only {len(asked)} declarations after that day have a result: too few to judge.",
        )
    model = Model.train(before, settings)
    scores = model.score(asked)
    unseen = _unseen(model, asked)
    report = {
        "learned_from": model.facts,
        "asked": {"declarations": len(asked), "found": int(asked.found.sum()), "all": len(after)},
        "model": _ranked(scores.probability, asked) | measures.honest(scores.probability, asked.found),
        "model_by_expected": _ranked(scores.expected, asked),
        "never_seen": {"share": float(unseen.mean()), "auc": _auc_of(scores, asked, unseen)},
        "baselines": {name: _ranked(rule(before, asked), asked) for name, (_, rule) in naive.RULES.items()},
    }
    moved = drift.compared(model.memory.names, model.sample, scores.matrix)
    score = drift.Moved("score", drift.psi(model.sample_scores, scores.probability), None)
    advice = drift.advice(moved, score)
    report["drift"] = {
        "score_psi": score.psi,
        "features": [{"name": one.name, "psi": one.psi, "p_value": one.p_value} for one in moved[:10]],
        "advice": {"zh": advice.zh, "en": advice.en},
    }
    report["caution"] = _caution(share)
    return report


def last_fifth(rows: Rows) -> int:
    """The default day: the last fifth of the time is asked."""
    first, last = int(rows.at.min()), int(rows.at.max())
    return (first + (last - first) * 4 // 5) // DAY * DAY


def lines(told: dict[str, Any]) -> list[list[str]]:
    """The report as a small table: the model, then every rule; the first line is the head."""
    shares = [f"P@{line['share']:.0%}" for line in told["model"]["at"]]
    judged = {"模型 model": told["model"], "预期损失 expected loss": told["model_by_expected"]}
    judged |= {f"{naive.RULES[name][0].zh} {naive.RULES[name][0].en}": line for name, line in told["baselines"].items()}
    return [["", *shares, "AUC", "AP", "revenue@5%"], *([name, *_figures(line)] for name, line in judged.items())]


def _figures(line: dict[str, Any]) -> list[str]:
    revenue = line["at"][2].get("revenue")
    precision = [f"{one['precision']:.3f}" for one in line["at"]]
    end = "–" if revenue is None else f"{revenue:.3f}"
    return [*precision, f"{line['auc']:.3f}", f"{line['average_precision']:.3f}", end]


def _ranked(rank: np.ndarray, asked: Rows) -> dict[str, Any]:
    evaded = None if np.isnan(asked.evaded).all() else asked.evaded
    return measures.all_of(rank, asked.found, evaded)


def _unseen(model: Model, asked: Rows) -> np.ndarray:
    """Declarations whose widest combination nobody ever looked at: there the model cannot remember, only generalise."""
    widest = max(model.memory.history, key=lambda one: len(one.parts))
    return model.memory.results[widest.name].before(widest.keys(asked), asked.at)[:, 0] == 0


def _auc_of(scores: Scores, asked: Rows, which: np.ndarray) -> float | None:
    found = measures.auc(scores.probability[which], asked.found[which]) if which.any() else float("nan")
    return None if np.isnan(found) else found


def _caution(share: float) -> dict[str, str]:
    text = Text(
        "结果来自{share:.1%}的查验率；被查验的报关单不是随机抽取的，真实违规率须由随机查验估计。",
        "Labels come from an examination rate of {share:.1%}; what was examined was not chosen at random, so the true "
        "rate is measured by random examinations only.",
    ).filled(share=share)
    return {"zh": text.zh, "en": text.en}
