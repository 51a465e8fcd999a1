"""The same rules on the same logs, asked here and of pm4py: CPU seconds of each, and where the answers differ.

`python -m tests.speed.bench_pm4py [--small]`: four real logs repeated to 1,000,000 events, their DECLARE constraints
and temporal profile; four eyes on the log where it differs; and every trace of up to six steps over three activities
under every template that both know. Each side answers in a process of its own; CPU seconds are those of the question
alone, all threads, with the reading of the file (here: and numbering and encoding) beside; our answer, a tenth of a second, is the middle one of five. Kept in build/bench/pm4py.json.

pm4py (AGPL) is no dependency: it is installed into an environment of its own, build/bench/pm4py. Where that cannot be
done, nothing is compared, and the last line says so.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from itertools import product
from pathlib import Path

import pyarrow
import pyarrow.parquet

from guanjian.engine.controls.log import arrange
from guanjian.engine.controls.profile import temporal_profile
from guanjian.engine.controls.rule import Rule
from guanjian.engine.controls.run import Run, connect
from guanjian.engine.controls.source import recognise
from tests.known_answers.test_declare import declared
from tests.speed.bench_conform import LOGS, ROOT, measured, repeated

OUT = ROOT / "build" / "bench" / "pm4py.json"
HOME = ROOT / "build" / "bench" / "pm4py"
PINNED = ("pm4py==2.7.23.11", f"pyarrow=={pyarrow.__version__}")
EVENTS, ZETA = 1_000_000, 6
NAMES = ("receipt", "purchasing_example", "traffic_fines", "bpic2013_incidents")
BARS = {"declare": 50, "profile": 10}
ALONE = ("existence", "exactly_one", "absence", "init")
PAIRS = (
    "responded_existence", "coexistence", "noncoexistence", "response", "precedence", "succession", "altresponse",
    "altprecedence", "altsuccession", "chainresponse", "chainprecedence", "chainsuccession", "nonsuccession",
    "nonchainsuccession",
)  # fmt: skip


def oracle() -> Path | None:
    """The Python that has pm4py, installed now if it is not there; None where it cannot be."""
    python = HOME / "bin" / "python"
    asks = [str(python), "-c", "import pm4py, pyarrow"]
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", str(HOME)], check=False)
        subprocess.run([str(python), "-m", "pip", "install", "--quiet", *PINNED], check=False)
    ready = python.exists() and subprocess.run(asks, check=False, capture_output=True).returncode == 0
    return python if ready else None


def ours(place: str, rules: str, question: str) -> dict:
    """Our side, in this process."""
    wanted, connection = json.loads(Path(rules).read_text()), connect()
    shown = "case_id, activity, ts, event_no" + (", resource" if question == "four_eyes" else "")
    source = recognise(connection, f"SELECT {shown} FROM read_parquet('{place}')")
    log, load, _ = measured(lambda: arrange(connection, source))
    if question == "profile":
        found, used, _ = measured(lambda: temporal_profile(connection, wanted["zeta"]))
        told = {"pairs": found.pairs, "departures": found.departures, "objects": found.objects}
        return {"events": log.events, "load_cpu_s": load, "cpu_s": used} | told
    asked = (
        {str(i): declared(one) for i, one in enumerate(wanted["declare"])}
        if question == "declare"
        else {str(i): Rule("apart", {"steps": [one["a"], one["b"]]}) for i, one in enumerate(wanted["four_eyes"])}
    )
    runs = [Run(log) for _ in range(5)]  # each folds the log anew
    tries = [measured(lambda run=run: run.ask(asked, evidence=False)) for run in runs]
    used = sorted(one[1] for one in tries)
    told = {"events": log.events, "load_cpu_s": load, "cpu_s": used[2], "from_to_cpu_s": [used[0], used[-1]]}
    told["breaches"] = [one.breached for one in tries[0][0]]
    if question == "declare":
        _, told["with_evidence_cpu_s"], _ = measured(lambda: Run(log).ask(asked))
        if wanted.get("cases"):
            rows = connection.execute("SELECT control, object_id FROM log_results ORDER BY ALL").fetchall()
            told["cases"] = [[name for code, name in rows if code == one] for one in asked]
    return told


def both(python: Path, place: Path, wanted: dict, question: str) -> dict:
    """Both sides, one after the other, each in its own process."""
    rules = place.with_suffix(".json")
    rules.write_text(json.dumps(wanted))
    side = [str(place), str(rules), question]
    here = [sys.executable, "-m", "tests.speed.bench_pm4py", "--ours", *side]
    there = [str(python), str(Path(__file__).with_name("pm4py_side.py")), *side]
    told = {}
    for name, command in {"ours": here, "pm4py": there}.items():
        said = subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT).stdout
        told[name] = json.loads(said.strip().splitlines()[-1])
    told["times_less"] = round(told["pm4py"]["cpu_s"] / max(told["ours"]["cpu_s"], 0.001), 1)
    return told


def every_trace(folder: Path, longest: int = 6) -> tuple[Path, list[dict]]:
    """Every sequence of a, b and c up to that length as one log, and every template about a, or about a and b."""
    traces = ["".join(one) for size in range(1, longest + 1) for one in product("abc", repeat=size)]
    steps = [(trace, step, number) for trace in traces for number, step in enumerate(trace)]
    columns = {
        "case_id": [trace for trace, _, _ in steps],
        "activity": [step for _, step, _ in steps],
        "ts": pyarrow.array([number * 1_000_000 for _, _, number in steps], pyarrow.timestamp("us", "UTC")),
        "event_no": list(range(len(steps))),
    }
    place = folder / "every_trace.parquet"
    pyarrow.parquet.write_table(pyarrow.table(columns), place)
    rules = [{"template": one, "args": "a"} for one in ALONE] + [{"template": one, "args": ["a", "b"]} for one in PAIRS]
    return place, rules


def differing(python: Path, folder: Path) -> dict:
    """For every template the traces that one side calls a breach and the other does not."""
    place, rules = every_trace(folder)
    told = both(python, place, {"declare": rules, "cases": True}, "declare")
    apart = {}
    for rule, mine, theirs in zip(rules, told["ours"]["cases"], told["pm4py"]["cases"], strict=True):
        odd = sorted(set(mine) ^ set(theirs), key=lambda trace: (len(trace), trace))
        apart[rule["template"]] = {"ours": len(mine), "pm4py": len(theirs), "apart": len(odd), "first": odd[:4]}
    return {"traces": len(set(pyarrow.parquet.read_table(place)["case_id"].to_pylist())), "templates": apart}


def compare(python: Path, key: str, events: int, folder: Path) -> dict:
    """One piece of the bench by its name."""
    question, _, name = key.partition(" ")
    if question == "traces":
        return differing(python, folder)
    known = json.loads((LOGS / "expected.json").read_text())["logs"][name]
    if question == "four_eyes":
        return both(python, repeated(name, 1, folder)[0], {"four_eyes": known["four_eyes"]}, question)
    return both(python, repeated(name, events, folder)[0], {"declare": known["declare"], "zeta": ZETA}, question)


def tell(kept: dict, events: int) -> None:
    """The table of CPU seconds, then every answer that differs."""
    for question, bar in BARS.items():
        told = {name: kept[f"{question} {name} {events}"] for name in NAMES}
        for name, one in told.items():
            mine, theirs = one["ours"], one["pm4py"]
            print(
                f"{question:8} {name:20} {mine['cpu_s']:8.2f} s here {theirs['cpu_s']:8.2f} s pm4py {one['times_less']:8.1f} times less"
            )
        whole = sum(one["pm4py"]["cpu_s"] for one in told.values()) / sum(one["ours"]["cpu_s"] for one in told.values())
        print(f"{question:8} all four: {whole:.1f} times less (bar {bar}: {'kept' if whole >= bar else 'MISSED'})")
    for key, one in kept.items():
        for what in ("breaches", "pairs", "departures", "objects"):
            mine, theirs = (one.get(side, {}).get(what) for side in ("ours", "pm4py"))
            if mine != theirs:
                print(f"{key}: {what} {mine} here, {theirs} pm4py")
    for template, one in kept[f"traces all {events}"]["templates"].items():
        if one["apart"]:
            print(f"{template}: {one['apart']} traces judged differently, first {', '.join(one['first'])}")


def main(arguments: list[str]) -> int:
    """0 when every piece was compared, had been, or could not be."""
    if arguments[:1] == ["--ours"]:
        print(json.dumps(ours(*arguments[1:])))
        return 0
    python = oracle() if LOGS.exists() else None
    keys = [f"{question} {name}" for question in BARS for name in NAMES] + [
        "four_eyes bpic2013_incidents",
        "traces all",
    ]
    if python is None:
        print(f"{len(keys)} comparisons skipped: pm4py could not be installed, or shared/data/eventlogs is not here")
        return 0
    events = EVENTS // 20 if "--small" in arguments else EVENTS
    kept = json.loads(OUT.read_text()) if OUT.exists() else {}
    for key in keys:
        if f"{key} {events}" not in kept:
            with tempfile.TemporaryDirectory() as folder:
                kept[f"{key} {events}"] = compare(python, key, events, Path(folder))
            OUT.write_text(json.dumps(kept, indent=1))
            print(key, "done", flush=True)
    tell({key: one for key, one in kept.items() if key.endswith(f" {events}")}, events)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
