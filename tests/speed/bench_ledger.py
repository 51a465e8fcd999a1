"""The ledger: entries appended and sealed a second, with the disk told to keep them, on SQLite and on PostgreSQL.

`python -m tests.speed.bench_ledger [--small]`; writes build/bench/ledger.json. What is there already is not run again.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from glob import glob
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
OUT = ROOT / "build" / "bench" / "ledger.json"
OPTIONS = {"transaction_mode": "IMMEDIATE", "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"}


def measure(count: int) -> dict[str, float]:
    """One database: fill, seal, prove, verify. The entries are inserted in bulk: what is measured is the sequencer."""
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import transaction
    from django.utils import timezone

    from guanjian.ledger.canonical import canonical
    from guanjian.ledger.models import Entry
    from guanjian.ledger.proving import proof
    from guanjian.ledger.rows import append
    from guanjian.ledger.sequencer import seal
    from guanjian.ledger.verify import verify

    for room in ("ledger", "jobs"):
        call_command("migrate", room, verbosity=0, interactive=False)
    now, body = timezone.now(), canonical({"facts": {"reason": "价格低于同行", "amount": "1200.50"}, "version": 3})
    for start in range(0, count, 10_000):
        with transaction.atomic():
            Entry.objects.bulk_create(
                Entry(stream="2200", at=now, event="alert.sign", subject=f"alert/{n}", actor="g220104", body=body)
                for n in range(start, min(start + 10_000, count))
            )

    def seconds(action) -> float:
        begin = time.perf_counter()
        action()
        return time.perf_counter() - begin

    sealing = seconds(lambda: seal("2200"))
    found = {"entries": count, "sealed_per_second": round(count / sealing), "seal_seconds": round(sealing, 2)}
    verifying = seconds(verify)
    found |= {"verified_per_second": round(count / verifying), "verify_seconds": round(verifying, 2)}
    some = list(Entry.objects.filter(sealed_index__in=range(0, count, count // 100)))
    found["proof_ms"] = round(1000 * seconds(lambda: [proof(entry) for entry in some]) / len(some), 2)
    appending = seconds(lambda: [append("2200", "alert.sign", "alert/1", "g220104", {"n": n}) for n in range(500)])
    assert verify().ok
    return found | {"appended_singly_per_second": round(500 / appending), "verify_peak_mb": peak()}


def peak() -> int:
    """The most memory that this process ever held."""
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def in_a_process(database: dict, home: Path, count: int) -> dict:
    """The measurement on one database, in a process of its own."""
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "tests.rows_settings",
        "ROWS_DATABASE": json.dumps(database),
        "ROWS_HOME": str(home),
    }
    command = [sys.executable, "-m", "tests.speed.bench_ledger", "--measure", str(count)]
    return json.loads(subprocess.run(command, env=environment, cwd=ROOT, check=True, stdout=subprocess.PIPE).stdout)


def on_sqlite(folder: Path, count: int) -> dict:
    """WAL with synchronous FULL: each commit waits for the disk."""
    database = {"ENGINE": "django.db.backends.sqlite3", "NAME": str(folder / "rows.sqlite3"), "OPTIONS": OPTIONS}
    return in_a_process(database, folder, count)


def on_postgresql(folder: Path, count: int) -> dict:
    """A private cluster with fsync on."""
    binary = Path(sorted(glob("/usr/lib/postgresql/*/bin/initdb"))[-1]).parent
    runuser = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    place = Path(subprocess.check_output([*runuser, "mktemp", "-d", "/tmp/bench-pg-XXXXXX"], text=True).strip())

    def run(*words) -> None:
        subprocess.run([*runuser, *map(str, words)], check=True, stdout=subprocess.DEVNULL, cwd="/")

    run(binary / "initdb", "-D", place / "data", "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8")
    options = f"-k {place} -c listen_addresses=''"
    run(binary / "pg_ctl", "-D", place / "data", "-w", "-l", place / "log", "-o", options, "start")
    try:
        database = {"ENGINE": "django.db.backends.postgresql", "HOST": str(place), "USER": "postgres"}
        return in_a_process(database | {"NAME": "postgres"}, folder, count)
    finally:
        run(binary / "pg_ctl", "-D", place / "data", "-w", "-m", "fast", "stop")
        shutil.rmtree(place)


def main(arguments: list[str]) -> None:
    """Measure what is not measured yet, and print the table."""
    count = 20_000 if "--small" in arguments else 1_000_000
    done = json.loads(OUT.read_text()) if OUT.exists() else {}
    kinds = {"sqlite": on_sqlite}
    if glob("/usr/lib/postgresql/*/bin/initdb"):
        kinds["postgresql"] = on_postgresql
    for name, kind in kinds.items():
        if done.get(name, {}).get("entries") != count:
            with tempfile.TemporaryDirectory(prefix="bench-ledger-") as folder:
                done[name] = kind(Path(folder), count)
            OUT.parent.mkdir(parents=True, exist_ok=True)
            OUT.write_text(json.dumps(done, indent=1))
        print(name, *(f"{key} {value}" for key, value in done[name].items()), sep="\n  ")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--measure"]:
        print(json.dumps(measure(int(sys.argv[2]))))
    else:
        main(sys.argv[1:])
