"""EXM-06, read plainly: one officer, one logistic regression, one weighted regression after the other."""

import math

import numpy as np
from scipy.optimize import minimize
from scipy.stats import norm

from tests.signals.plain.tools import at_night, groups, month, span

LOOSE = {"cut": 0.0, "least": 1, "overlap": 0.0}


def read(world, cut, least, overlap):
    heads = {row["entry_id"]: row for row in world["declarations"]}
    chapter = {
        e: min(r["hs_code"] for r in rows)[:2] for e, rows in groups(world["items"], lambda r: r["entry_id"]).items()
    }
    chance = {row["entry_id"] for row in world["selections"] if row["selected"] and row["lane"] == "random"}
    exams = world["examinations"]
    everybody = sum(exam["finding"] for exam in exams) / max(len(exams), 1)
    usual = {
        code: (sum(exam["finding"] for exam in rows) + 50 * everybody) / (len(rows) + 50)
        for code, rows in groups(exams, lambda exam: chapter[exam["entry_id"]]).items()
    }
    found = []
    for unit, rows in groups(exams, lambda exam: heads[exam["entry_id"]]["unit_code"]).items():
        x = [
            [
                math.log10(float(heads[e["entry_id"]]["value_cny"]) + 1), usual[chapter[e["entry_id"]]],
                e["mode"] == "A", e["mode"] == "B", e["mode"] == "J", at_night(e["started_at"]), e["entry_id"] in chance,
            ]
            for e in rows
        ]  # fmt: skip
        who, y = [exam["officer1"] for exam in rows], np.array([exam["finding"] for exam in rows], float)
        if len(set(who)) < 3 or len(set(y)) < 2:
            continue
        for officer in sorted(set(who)):
            mine = np.array([each == officer for each in who], float)
            effect, error = _against_the_others(np.array(x, float), y, mine)
            if mine.sum() < least or error <= 1e-12:
                continue
            when = span([month(exam["started_at"]) for exam, his in zip(rows, mine, strict=True) if his])
            score, own = -math.log10(max(norm.cdf(effect / error), 1e-300)), y[mine > 0].mean()
            if score >= cut:
                found.append((officer, unit, when, score, own, own - effect))
    return found


def _against_the_others(x, y, mine):
    full = np.hstack([x, (x - x.mean(0)) ** 2])
    full = full[:, full.std(0) > 1e-12]
    design = np.column_stack([np.ones(len(y)), (full - full.mean(0)) / full.std(0)])

    def unlikely(beta):
        at = design @ beta
        value = (np.logaddexp(0, at) - mine * at).sum() + 0.5 * (beta[1:] ** 2).sum()
        return value, design.T @ (1 / (1 + np.exp(-at)) - mine) + np.array([0, *beta[1:]])

    start = np.zeros(design.shape[1])
    beta = minimize(unlikely, start, jac=True, method="BFGS", options={"gtol": 1e-11, "maxiter": 500}).x
    weight = np.where(mine > 0, 1.0, np.minimum(np.exp(design @ beta), 20.0))
    inner = (design * weight[:, None]).T @ design + 1e-3 * np.eye(design.shape[1])
    base = np.linalg.solve(inner, design.T @ (weight * y))
    rest = mine - design @ np.linalg.solve(inner, design.T @ mine)
    room = max(mine.sum() - mine @ design @ np.linalg.solve(inner, design.T @ mine), 1e-12)
    effect = (mine @ y - mine @ design @ base) / room
    left = y - design @ (base - effect * np.linalg.solve(inner, design.T @ mine)) - effect * mine
    outside = np.where(mine > 0, 0.0, weight)
    single = (outside * left**2).sum() / max(outside.sum(), 1e-300)
    return effect, math.sqrt(single * ((weight * rest) ** 2).sum()) / room
