"""The pages of every day: CPU milliseconds of each person's first visit among a million alerts, on SQLite.

`python -m tests.speed.bench_pages [--small] [--home DIR]`; writes build/bench/pages.json. Twelve districts with three
houses each; five posts in every office. Of each kind of post one person comes first: the process then knows the text of
the queries, and what that costs is told apart. Everybody else opens each page once, as at sign-in: nothing of his own is
kept from before. A home that holds the alerts already is used again.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from tests.speed.offices import p95, run

OUT = Path(__file__).resolve().parents[2] / "build" / "bench" / "pages.json"
PAGES = ("/", "/alert/", "/alert/?tab=open", "/alert/?tab=closed", "/alert/?tab=open&overdue=1")
DISTRICTS = [f"{number}00" for number in range(61, 73)]
BASE = 8_000


def people() -> dict[str, list[str]]:
    """The offices and who works there, put into the cast: names by kind of post."""
    from guanjian.org.posts import Post
    from tests import cast

    of_district, of_house = (Post.FUNCTION, Post.LEADER, Post.OVERSIGHT), (Post.FRONTLINE, Post.HOUSE_LEADER)
    found: dict[str, list[str]] = {}
    for district in DISTRICTS:
        houses = [f"{district[:2]}0{number}" for number in (1, 2, 3)]
        cast.UNITS[district] = ("district", "customs", "0000", district, "")
        cast.UNITS |= {house: ("house", "customs", district, district, house) for house in houses}
        for posts, units in ((of_district, [district]), (of_house, houses)):
            for post in posts:
                for unit in units:
                    cast.CAST[f"{post}-{unit}"] = (post, unit)
                    found.setdefault(str(post), []).append(f"{post}-{unit}")
    return found | {"hq": ["leader_hq", "function_hq", "oversight_hq"]}


def lay(count: int) -> None:
    """The alerts: a base in all states, levels and houses, doubled by the database until there are so many."""
    from django.db import connection
    from django.utils import timezone

    from guanjian.loops.alert.models import Alert
    from tests import cast

    draw, now, flow = random.Random(1), timezone.now(), Alert.FLOW
    going = [str(state) for state in flow.states if state not in flow.ends]
    houses = [code for code, (level, *_) in cast.UNITS.items() if level == "house"]
    rows = []
    for number in range(BASE):
        row = Alert(title=f"第{number}批 申报价格偏低", code="VAL-01", finding_key=str(number), author_id="system")
        row.unit_code = row.house_code = house = draw.choice(houses)
        row.district_code, row.rank = cast.UNITS[house][3], draw.randrange(4)
        closed = draw.random() < 0.9
        row.state = str(draw.choice(flow.ends)) if closed else draw.choice(going)
        row.due_at = None if closed else now + timedelta(hours=draw.uniform(-200, 400))
        row.opened_at = row.entered_at = now - timedelta(days=draw.uniform(0, 700))
        row.closed_at = row.opened_at + timedelta(days=20) if closed else None
        row.hands = {"sign": f"frontline-{house}"} if draw.random() < 0.5 else {}
        rows.append(row)
    Alert.objects.bulk_create(rows, batch_size=2000)
    names = [field.column for field in Alert._meta.concrete_fields if not field.primary_key]
    with connection.cursor() as cursor:
        for times in range(1, 1 + (count // BASE - 1).bit_length()):
            values = [f"finding_key || '.{times}'" if name == "finding_key" else f'"{name}"' for name in names]
            quoted = ", ".join(f'"{name}"' for name in names)
            rest = count - Alert.objects.count()
            cursor.execute(
                f"INSERT INTO alert_alert ({quoted}) SELECT {', '.join(values)} FROM alert_alert LIMIT {rest}"
            )


def visits(names: list[str]) -> Iterator[dict[str, float]]:
    """The CPU milliseconds of each page, person by person."""
    from tests.signed_in import browser

    for name in names:
        client, took = browser(name), {}
        for page in PAGES:
            begin = time.process_time()
            answer = client.get(page)
            took[page] = round(1000 * (time.process_time() - begin), 1)
            assert answer.status_code == 200, (name, page, answer.status_code)
        yield took


def measure(count: int) -> dict:
    """Lay the alerts unless they are there, then let everybody come once."""
    from django.core.management import call_command

    from guanjian.loops.alert.models import Alert
    from tests import cast
    from tests.signed_in import browser

    offices = people()
    call_command("migrate", verbosity=0, interactive=False)
    if not Alert.objects.exists():
        cast.settle()
        lay(count)
    browser("admin").get("/")  # everything is imported and read before anything is measured
    found: dict = {"alerts": Alert.objects.count(), "first_of_its_kind": {}, "cpu_ms": {}}
    for kind, names in offices.items():
        if kind == "hq":
            first, rest = list(visits(names)), list(visits(names))  # three posts of their own: again within the minute
        else:
            first, rest = list(visits(names[:1])), list(visits(names[1:]))
        for page in PAGES:
            found["first_of_its_kind"][f"{kind} {page}"] = max(one[page] for one in first)
            found["cpu_ms"][f"{kind} {page}"] = sorted(one[page] for one in rest)
    return found


def told(found: dict) -> None:
    """By kind of post and page, and over all: how many visits, the middle, the 95th of a hundred and the slowest."""
    print(f"alerts {found['alerts']:,}; CPU ms: visits, middle, p95, slowest (the first of its kind in a process)")
    every = sorted(one for took in found["cpu_ms"].values() for one in took)
    for name, took in [*found["cpu_ms"].items(), ("all", every)]:
        first = found["first_of_its_kind"].get(name, "")
        print(f"  {name:42} {len(took):4} {took[len(took) // 2]:7.1f} {p95(took):7.1f} {took[-1]:7.1f}   {first}")


if __name__ == "__main__":
    run(sys.argv[1:], OUT, (16_000, 1_000_000), measure, told)
