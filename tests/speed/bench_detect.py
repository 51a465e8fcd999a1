"""`guanjian detect` on a whole lake: seconds, memory, and the ratio to hand-written SQL of the same aggregations.

`python -m tests.speed.bench_detect [--small] [--lake DIR]` (default: the lake of bench_whole, made first where it is missing);
the command runs the ten detectors that detect.sql has by hand, whatever else the catalogue holds by now;
writes one JSON line per lake in build/bench/detect.jsonl and build/bench/detect.md; a lake measured before is not
measured again unless its batches changed. Bars: ratio ≤ 1.3, ≤ 4 GB at 10,000,000 declarations.
"""

from __future__ import annotations

import json
import re
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.speed import bench_whole as whole

ROOT = Path(__file__).resolve().parents[2]
OUT = ROOT / "build" / "bench" / "detect.jsonl"
SQL = Path(__file__).with_name("detect.sql")


def parts(text: str) -> dict[str, list[str]]:
    """The statements of each detector in detect.sql."""
    found = re.split(r"^-- ([A-Z]+(?:-\d+)?)\n", text, flags=re.MULTILINE)[1:]
    blocks = zip(found[::2], found[1::2], strict=True)
    return {name: [sql for sql in block.split(";\n") if sql.strip()] for name, block in blocks}


TEN = [name for name in parts(SQL.read_text(encoding="utf-8")) if "-" in name]


def by_hand(lake: str) -> dict:
    """The hand-written SQL over the same views, settings and machine; every answer is computed to its last row."""
    from guanjian.engine.session import Session
    from guanjian.ingest.lake import Lake

    seconds, started = {}, time.process_time()
    with Session(Lake.open(lake)) as session:
        for name, statements in parts(SQL.read_text(encoding="utf-8")).items():
            begun = time.process_time()
            for number, statement in enumerate(statements):
                made = statement.strip().startswith("CREATE")
                asked = statement if made else f'CREATE TEMP TABLE "hand {name} {number}" AS {statement}'
                session.connection.execute(asked)
                if not made:
                    session.connection.execute(f'DROP TABLE "hand {name} {number}"')
            seconds[name] = round(time.process_time() - begun, 2)
    return _used({"seconds": seconds, "started": started})


def by_us(lake: str) -> dict:
    """One whole `guanjian detect` of those ten, from opening the lake to the written file."""
    from click.testing import CliRunner

    from guanjian.cli import guanjian

    started = time.process_time()
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "found.parquet"
        words = ["detect", "--lake", lake, "--only", ",".join(TEN), "--out", str(out)]
        told = CliRunner().invoke(guanjian, words, catch_exceptions=False)
        assert told.exit_code == 0, told.output
        record = json.loads(out.with_suffix(".run.json").read_text(encoding="utf-8"))
    seconds = {each["code"]: each["cpu_seconds"] for each in record["detectors"]}
    found = sum(each["findings"] for each in record["detectors"])
    return _used({"seconds": seconds, "findings": found, "started": started})


def _used(told: dict) -> dict:
    used = resource.getrusage(resource.RUSAGE_SELF)
    cpu = used.ru_utime + used.ru_stime
    return told | {"cpu_seconds": round(cpu - told.pop("started"), 2), "peak_mb": round(used.ru_maxrss / 1024)}


def measure(lake: Path) -> dict:
    """Both, each in a process of its own."""
    found = {}
    for name in ("us", "hand"):
        begun = time.perf_counter()
        told = subprocess.run(
            [sys.executable, "-m", "tests.speed.bench_detect", f"--{name}", str(lake)],
            check=True, capture_output=True, text=True, cwd=ROOT,
        )  # fmt: skip
        found[name] = json.loads(told.stdout.splitlines()[-1]) | {"wall_seconds": round(time.perf_counter() - begun, 1)}
    return found


def _counts(lake: Path) -> dict[str, int]:
    from guanjian.engine.session import Session
    from guanjian.ingest.lake import Lake

    names = ("declarations", "items", "events", "examinations", "rosters")
    with Session(Lake.open(lake)) as session:
        return {n: session.connection.execute(f"SELECT count(*) FROM {n}").fetchone()[0] for n in names}


def _summary(rows: list[dict]) -> str:
    head = (
        "declarations", "items", "events", "by hand CPU s", "ten detectors CPU s", "ratio (≤ 1.3)",
        "whole command CPU s", "its ratio", "peak MB (≤ 4,096)", "wall s", "findings",
    )  # fmt: skip
    lines = [" | ".join(("", *head, "")).strip(), "|--:" * len(head) + "|"]
    for row in rows:
        us, hand, n = row["us"], row["hand"], row["rows"]
        ours, theirs = sum(us["seconds"].values()), sum(hand["seconds"].values())
        cells = (
            f"{n['declarations']:,}", f"{n['items']:,}", f"{n['events']:,}", f"{theirs:.1f}", f"{ours:.1f}",
            f"{ours / theirs:.2f}", f"{us['cpu_seconds']:.1f}", f"{us['cpu_seconds'] / theirs:.2f}",
            f"{us['peak_mb']:,}", f"{us['wall_seconds']}", f"{us['findings']:,}",
        )  # fmt: skip
        lines.append(" | ".join(("", *cells, "")).strip())
    return "\n".join(lines)


def main(arguments: list[str]) -> None:
    """Measure the lake if it was not, and print what is known."""
    if arguments[:1] in (["--us"], ["--hand"]):
        print(json.dumps((by_us if arguments[0] == "--us" else by_hand)(arguments[1])))
        return
    from guanjian.engine.run import hash_of
    from guanjian.ingest.lake import Lake

    at = arguments.index("--lake") + 1 if "--lake" in arguments else None
    lake = Path(arguments[at]) if at else whole.lake_of(whole.declarations_of(arguments))
    OUT.parent.mkdir(parents=True, exist_ok=True)
    rows = [json.loads(line) for line in OUT.read_text(encoding="utf-8").splitlines()] if OUT.exists() else []
    if at is None and not (lake / "lake.json").exists():
        whole.main(arguments)
    key = hash_of([batch.batch for batch in Lake.open(lake).batches()])
    if key not in {row["lake"] for row in rows}:
        rows.append({"lake": key, "rows": _counts(lake), **measure(lake)})
        with OUT.open("a", encoding="utf-8") as file:
            file.write(json.dumps(rows[-1]) + "\n")
    OUT.with_suffix(".md").write_text(_summary(rows) + "\n", encoding="utf-8")
    print(_summary(rows))


if __name__ == "__main__":
    main(sys.argv[1:])
