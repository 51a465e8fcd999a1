"""Controls over 10,000,000 events: DECLARE, ten mixed controls with evidence ids, a temporal profile.

`python -m tests.speed.bench_conform [--small]`; each part is kept in build/bench/conform.json and not run again.
The log is a real one repeated with new case ids. CPU seconds of this process (all threads) are given for the load
(read Parquet, recognise, number objects and events, encode) and for the questions, apart. The DECLARE part counts folding
into variants, the constraints, and the count of cases of each; the mixed part counts from the arranged log to the rows with evidence.

`bench_pm4py` asks the same of pm4py.
"""

from __future__ import annotations

import json
import resource
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

import duckdb

from guanjian.engine.controls.log import arrange
from guanjian.engine.controls.profile import temporal_profile
from guanjian.engine.controls.rule import Rule
from guanjian.engine.controls.run import Run, connect, wanted_columns
from guanjian.engine.controls.side import lay
from guanjian.engine.controls.source import recognise

ROOT = Path(__file__).resolve().parents[2]
LOGS = ROOT.parent / "shared" / "data" / "eventlogs"
OUT = ROOT / "build" / "bench" / "conform.json"
EVENTS = 10_000_000
MIXED = {
    "response": Rule("response", {"a": "RISK_INSTRUCTION", "b": "INSPECT_PERFORM"}),
    "not_response": Rule("not_response", {"a": "RELEASE", "b": "INSPECT_REVIEW"}),
    "repeated": Rule("repeated", {"a": "RELEASE"}),
    "skipped": Rule("skipped", {"steps": ["DECLARE", "TAX_COLLECT", "RELEASE"]}),
    "precedence": Rule("precedence", {"a": "INSPECT_REVIEW", "b": "PENALTY_FILE"}),
    "four_eyes": Rule("apart", {"steps": ["INSPECT_PERFORM", "INSPECT_REVIEW", "RELEASE"], "empty": "system"}),
    "four_eyes_refund": Rule("apart", {"steps": ["REFUND_REVIEW", "REFUND_APPROVE"], "empty": "system"}),
    "time_limit": Rule("time_limit", {"a": "TAX_COLLECT", "b": "RELEASE", "amount": 72, "unit": "h"}),
    "authority": Rule("authority", {"a": "REFUND_APPROVE", "empty": "system"}),
    "off_hours": Rule("off_hours", {"a": "RELEASE", "start": 3, "end": 2}),
}


def cpu() -> float:
    """CPU seconds of this process so far, all threads."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def measured(work):
    """The answer of a piece of work with its CPU and wall seconds."""
    before, began = cpu(), time.perf_counter()
    answer = work()
    return answer, round(cpu() - before, 3), round(time.perf_counter() - began, 3)


def repeated(name: str, events: int, folder: Path, case: str = "case_id") -> tuple[Path, int]:
    """The log repeated until it has that many events, each time with other case ids."""
    source, place = LOGS / f"{name}.parquet", folder / f"{name}.parquet"
    with duckdb.connect() as own:
        own.execute("SET preserve_insertion_order = true")
        size = own.execute(f"SELECT count(*) FROM read_parquet('{source}')").fetchall()[0][0]
        times = -(-events // size)
        own.execute(
            f"COPY (SELECT s.* REPLACE (s.{case} || '-' || k AS {case}) FROM range({times}) r(k), read_parquet('{source}') s "
            f"ORDER BY k, s.{'event_no' if name != 'customs_ops_synth' else 'event_id'}) TO '{place}' (COMPRESSION zstd)"
        )
    return place, size * times


def declared() -> dict[str, Rule]:
    """The constraints of the reference on BPI 2013 incidents."""
    from tests.known_answers.test_declare import declared as ours

    wanted = json.loads((LOGS / "expected.json").read_text())["logs"]["bpic2013_incidents"]["declare"]
    return {str(i): ours(one) for i, one in enumerate(wanted)}


def declare(events: int, folder: Path) -> dict:
    """DECLARE by variants."""
    place, size = repeated("bpic2013_incidents", events, folder)
    connection, rules = connect(), declared()
    read = f"SELECT case_id, activity, ts, event_no FROM read_parquet('{place}')"
    log, load_cpu, load_wall = measured(lambda: arrange(connection, recognise(connection, read)))
    run = Run(log)
    tallies, ask_cpu, ask_wall = measured(lambda: run.ask(rules, evidence=False))
    return {
        "events": size, "objects": log.objects, "variants": run.variants, "constraints": len(rules), "load_cpu_s": load_cpu,
        "load_wall_s": load_wall, "cpu_s": ask_cpu, "wall_s": ask_wall, "breaches": [t.breached for t in tallies], "bar_cpu_s": 2,
    }  # fmt: skip


def mixed(events: int, folder: Path) -> dict:
    """Ten mixed controls with the ids of their evidence."""
    place, size = repeated("customs_ops_synth", events, folder)
    connection = connect()
    lay(connection, "authorities", f"SELECT * FROM read_parquet('{LOGS / 'customs_ops_synth_auth.parquet'}')")
    source = recognise(connection, f"SELECT * FROM read_parquet('{place}')", utc=True)
    source = replace(source, system=frozenset({"-1"}))
    log, load_cpu, load_wall = measured(lambda: arrange(connection, source, wanted_columns(MIXED.values())))
    run = Run(log)
    tallies, ask_cpu, ask_wall = measured(lambda: run.ask(MIXED))
    rows, ids = connection.execute("SELECT count(*), sum(len(evidence)) FROM log_results").fetchall()[0]
    return {
        "events": size, "objects": log.objects, "load_cpu_s": load_cpu, "load_wall_s": load_wall, "cpu_s": ask_cpu,
        "wall_s": ask_wall, "results": rows, "evidence_ids": int(ids or 0), "breaches": {t.code: t.breached for t in tallies},
        "wall_by_control": {t.code: round(t.seconds, 2) for t in tallies}, "bar_cpu_s": 5,
    }  # fmt: skip


def profile(events: int, folder: Path) -> dict:
    """The temporal profile at six standard deviations."""
    place, size = repeated("bpic2013_incidents", events // 10, folder)
    connection = connect()
    arrange(connection, recognise(connection, f"SELECT case_id, activity, ts, event_no FROM read_parquet('{place}')"))
    found, used, wall = measured(lambda: temporal_profile(connection, 6))
    return {
        "events": size,
        "pairs": found.pairs,
        "departures": found.departures,
        "objects": found.objects,
        "cpu_s": used,
        "wall_s": wall,
    }


PARTS = {"declare": declare, "mixed": mixed, "profile": profile}


def main(arguments: list[str]) -> int:
    """0 when every part ran or had run."""
    if not LOGS.exists():
        print("shared/data/eventlogs is not here; nothing to measure")
        return 0
    events = EVENTS // 20 if "--small" in arguments else EVENTS
    OUT.parent.mkdir(parents=True, exist_ok=True)
    kept = json.loads(OUT.read_text()) if OUT.exists() else {}
    for name, part in PARTS.items():
        key = f"{name} {events}"
        if key not in kept:
            with tempfile.TemporaryDirectory() as folder:
                kept[key] = part(events, Path(folder))
            OUT.write_text(json.dumps(kept, indent=1))
        print(key, json.dumps(kept[key], ensure_ascii=False), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
