"""Composite query and the 查找 of a queue: CPU milliseconds of a page among 100,000 records, for several posts, on SQLite.

`python -m tests.speed.bench_query [--small] [--home DIR]`; writes build/bench/query.json. The records are those of
bench_search; a home that holds them already is used again. Questions that all, some, one or none of the records answer,
over one loop and over all; each page several times after a first, the middle, the 95th of a hundred and the slowest told.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from tests.speed.bench_search import lay
from tests.speed.offices import p95, run

OUT = Path(__file__).resolve().parents[2] / "build" / "bench" / "query.json"
PEOPLE = ("front", "function", "leader_hq", "stranger_function")
TIMES = 5


def _asked(*lines: tuple[str, str, str], loop: str = "", match: str = "any", apart: bool = False) -> dict[str, str]:
    pairs = {"loop": loop, "match": match} if loop else {"match": match}
    for n, (name, op, value) in enumerate(lines):
        pairs |= {f"g{n}": str(n + 1 if apart else 1), f"f{n}": name, f"o{n}": op, f"v{n}": value}
    return pairs


QUERIES = {
    "a word everywhere": _asked(("title", "has", "价格")),
    "a word seldom": _asked(("title", "has", "镍矿")),
    "a word once": _asked(("title", "has", "孤本")),
    "a word nowhere": _asked(("title", "has", "鲸鱼")),
    "a word nowhere, one loop": _asked(("title", "has", "鲸鱼"), loop="alert"),
    "without a word": _asked(("title", "hasnt", "价格")),
    "beginning of a subject": _asked(("subject", "begins", "E0009")),
    "one subject": _asked(("subject", "is", "E0000078")),
    "unit and level": _asked(("unit", "is", "2201"), ("level", "is", "red")),
    "opened, either of two": _asked(("title", "has", "孤本"), ("opened", "from", "2030-01-01"), apart=True),
    "two groups": _asked(("title", "has", "鲸鱼"), ("level", "is", "red"), match="all", apart=True),
    "due, nothing given": _asked(("due", "until", "2020-01-01")),
    "a fact of a step, one loop": _asked(("f-submit-facts", "has", "鲸鱼"), loop="clue"),
}
QUEUES = {
    "a word everywhere": {"q": "价格"},
    "a word seldom": {"q": "镍矿"},
    "a word nowhere": {"q": "鲸鱼"},
    "everywhere and red": {"q": "价格", "level": "red"},
    "everywhere and overdue": {"q": "价格", "overdue": "1"},
    "everywhere and my turn": {"q": "企业", "tab": "mine"},
    "a number": {"q": "alert/78"},
}


def cpu_ms(action) -> list[float]:
    """The CPU milliseconds of some runs after a first one."""
    action()
    took = []
    for _ in range(TIMES):
        begin = time.process_time()
        action()
        took.append(round(1000 * (time.process_time() - begin), 1))
    return sorted(took)


def measure(count: int) -> dict:
    """Lay the records unless they are there, then ask."""
    from django.core.management import call_command

    from guanjian.moving.models import Findable
    from guanjian.moving.relaying import relay
    from guanjian.pages.asking import Kind, fields_of
    from guanjian.pages.desk import DESKS
    from tests import cast
    from tests.signed_in import browser

    call_command("migrate", verbosity=0, interactive=False)
    if not Findable.objects.exists():
        cast.settle()
        lay(count)
        relay()
    found = {"records": Findable.objects.count(), "cpu_ms": {}}
    browser("front").get("/query/")  # everything is imported and read before anything is measured
    fact = next(one.name for one in fields_of(DESKS["clue"].model).values() if one.step and one.kind == Kind.TEXT)
    for who in PEOPLE:
        client = browser(who)
        pages = {f"query, {name}": ("/query/", asked) for name, asked in QUERIES.items()}
        pages |= {f"queue, {name}": ("/alert/", {"tab": "open", **asked}) for name, asked in QUEUES.items()}
        for name, (address, asked) in pages.items():
            given = {key: fact if value == "f-submit-facts" else value for key, value in asked.items()}
            answer = client.get(address, given)
            if answer.status_code != 200:  # a post that does not read the loop
                continue
            rows = answer.content.count(b"<tr") - 1
            took = cpu_ms(lambda client=client, given=given, address=address: client.get(address, given))
            found["cpu_ms"][f"{who}, {name}"] = {"rows": rows, "took": took}
            print(f"  {who + ', ' + name:52} rows {rows:3}  {took}", flush=True)
    return found


def told(found: dict) -> None:
    """The middle, the 95th of a hundred and the slowest of all pages, of both kinds."""
    for kind in ("query", "queue"):
        took = sorted(one for name, row in found["cpu_ms"].items() if f", {kind}," in name for one in row["took"])
        print(f"{kind}: {len(took)} pages, middle {took[len(took) // 2]}, p95 {p95(took)}, slowest {took[-1]} CPU ms")


if __name__ == "__main__":
    run(sys.argv[1:], OUT, (3_000, 100_000), measure, told)
