"""The other side of `bench_pm4py`: pm4py's own answers, in an environment that has pm4py and nothing of ours.

`python pm4py_side.py FILE.parquet RULES.json declare|profile|four_eyes`; the last line printed is JSON.
"""

from __future__ import annotations

import json
import resource
import sys
from pathlib import Path

import pandas as pd
from pm4py.algo.conformance.declare import algorithm as declare_check
from pm4py.algo.conformance.temporal_profile import algorithm as profile_check
from pm4py.algo.discovery.temporal_profile import algorithm as profile_of

COLUMNS = {
    "case_id": "case:concept:name",
    "activity": "concept:name",
    "ts": "time:timestamp",
    "resource": "org:resource",
}


def cpu() -> float:
    """CPU seconds of this process so far, all threads."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def declare(frame: pd.DataFrame, wanted: dict) -> tuple[float, dict]:
    """CPU seconds and, for each rule in its order, how many cases deviate; in a small log, which."""
    asked = [
        (one["template"], one["args"] if isinstance(one["args"], str) else tuple(one["args"]))
        for one in wanted["declare"]
    ]
    model: dict = {}
    for template, args in asked:
        model.setdefault(template, {})[args] = {"support": 1, "confidence": 1}
    begun = cpu()
    told = declare_check.apply(frame, model)
    used = cpu() - begun
    names = sorted(frame["case:concept:name"].unique())  # the order in which pm4py takes the cases of a table
    seen: dict = {one: [] for one in asked}
    for name, case in zip(names, told, strict=True):
        for template, args in case["deviations"]:
            seen[template, args].append(str(name))
    which = {"cases": [sorted(seen[one]) for one in asked]} if wanted.get("cases") else {}
    return used, {"breaches": [len(seen[one]) for one in asked]} | which


def profile(frame: pd.DataFrame, wanted: dict) -> tuple[float, dict]:
    """CPU seconds, pairs with a usual time, departures and the cases that have one."""
    begun = cpu()
    usual = profile_of.apply(frame)
    told = profile_check.apply(frame, usual, {"zeta": wanted["zeta"]})
    used = cpu() - begun
    return used, {"pairs": len(usual), "departures": sum(map(len, told)), "objects": sum(map(bool, told))}


def four_eyes(frame: pd.DataFrame, wanted: dict) -> tuple[float, dict]:
    """CPU seconds, and the cases that pm4py calls a violation of each pair of steps."""
    from pm4py import filter_four_eyes_principle

    begun = cpu()
    kept = [filter_four_eyes_principle(frame, one["a"], one["b"], keep_violations=True) for one in wanted["four_eyes"]]
    return cpu() - begun, {"breaches": [int(one["case:concept:name"].nunique()) for one in kept]}


def main(place: str, rules: str, question: str) -> None:
    """Read, ask, print."""
    columns = list(COLUMNS) if question == "four_eyes" else list(COLUMNS)[:3]
    begun = cpu()
    frame = pd.read_parquet(place, columns=columns).rename(columns=COLUMNS)
    load = cpu() - begun
    used, told = {"declare": declare, "profile": profile, "four_eyes": four_eyes}[question](
        frame, json.loads(Path(rules).read_text())
    )
    print(json.dumps({"events": len(frame), "load_cpu_s": round(load, 3), "cpu_s": round(used, 3)} | told))


if __name__ == "__main__":
    main(*sys.argv[1:])
