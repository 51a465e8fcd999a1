"""Search: CPU milliseconds for two-character words among 100,000 records, for several posts, on SQLite.

`python -m tests.speed.bench_search [--small]`; writes build/bench/search.json. The records are written in bulk behind the
steps; the words are laid by the rebuild. Words that are everywhere, here and there, in
one record and nowhere; places that hold all, a part, or nothing of them. What is measured is the answer of the page,
with `look` alone beside it: the middle and the slowest of several.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path
from statistics import median

from tests.speed.offices import keep, known, office

OUT = Path(__file__).resolve().parents[2] / "build" / "bench" / "search.json"
WORDS = {"everywhere": "企业", "often": "价格", "seldom": "镍矿", "once": "孤本", "nowhere": "鲸鱼", "two": "价格 核查"}
PEOPLE = ("front", "function", "leader_hq", "stranger", "stranger_function")
TIMES = 7
GOODS = ("钢材", "冻品", "锂电池", "化妆品", "白酒", "集成电路", "再生铜")
TEXT = (
    "申报单价低于同行企业水平，经核查该批货物合同、发票与装箱单，发现第{n}项规格型号与实货不符，"
    "建议移交缉私部门进一步调查，并对同一{goods}企业近三个月的报关单开展排查，落实整改要求，防止类似问题重复发生。"
)


def lay(count: int) -> None:
    """The records: alerts, rectifications and clues, a tenth of them in the house and district of the cast."""
    from django.utils import timezone

    from guanjian.loops.alert.models import Alert
    from guanjian.loops.clue.models import Clue
    from guanjian.loops.rectify.models import Rectify

    now = timezone.now()
    for model in (Alert, Rectify, Clue):
        rows = [_row(model, number, now) for number in range(count // 3)]
        model.objects.bulk_create(rows, batch_size=5000)


def _row(model, number: int, now):
    from guanjian.loops.alert.models import Alert

    goods = "镍矿" if number % 500 < 2 else GOODS[number * 7919 % len(GOODS)]
    mine = number % 10 == 0
    told = TEXT.format(n=number, goods=goods)
    title = f"{goods}进口价格偏低{'（孤本）' if number == 77 else ''}"
    place = ("2201", "2201", "2200") if mine else ("5401", "5401", "5400")
    own = {"explanation": told, "code": "VAL-01", "finding_key": str(number)} if model is Alert else {}
    row = model(title=title, opened_at=now, entered_at=now, author_id="system", **own)
    row.unit_code, row.house_code, row.district_code = place
    row.subject_type, row.subject_id = "enterprise", f"E{number:07d}"
    row.state = str(model.FLOW.begins)
    row.facts = {} if model is Alert else {_text_step(model): {_text_need(model): told}}
    return row


def _text_step(model) -> str:
    return next(step.name for step in model.FLOW.steps if any(need.kind == "text" for need in step.needs))


def _text_need(model) -> str:
    step = model.FLOW.step(_text_step(model))
    return next(need.name for need in step.needs if need.kind == "text")


def cpu_ms(action) -> dict[str, float]:
    """The middle and the slowest of some runs after a first one."""
    action()
    took = []
    for _ in range(TIMES):
        begin = time.process_time()
        action()
        took.append(1000 * (time.process_time() - begin))
    return {"median": round(median(took), 1), "slowest": round(max(took), 1)}


def measure(count: int) -> dict:
    """Lay, build, compare, search."""
    from django.core.management import call_command

    from guanjian.moving.looking import Sought, look
    from guanjian.moving.relaying import relay
    from tests import cast
    from tests.signed_in import browser

    call_command("migrate", verbosity=0, interactive=False)
    cast.settle()
    browser("front").get("/search/?q=1")  # everything is imported and read before anything is measured
    lay(count)
    begin = time.process_time()
    laid = relay()
    found = {"records": laid, "rebuild_seconds": round(time.process_time() - begin, 1)}
    found["cpu_ms"] = {}
    for who in PEOPLE:
        actor, client = cast.actor(who), browser(who)
        for name, words in WORDS.items():
            page = cpu_ms(lambda client=client, words=words: client.get("/search/", {"q": words}))
            alone = cpu_ms(lambda actor=actor, words=words: look(actor, Sought(words), 21))
            hits = len(look(actor, Sought(words), 21))
            found["cpu_ms"][f"{who}, {name}"] = {"hits": hits, "page": page, "look": alone}
    return found


def main(arguments: list[str]) -> None:
    """Measure and print."""
    count = 3_000 if "--small" in arguments else 100_000
    if str(count) not in known(OUT):
        with office(arguments):
            found = measure(count)
        keep(OUT, count, found)
    told = known(OUT)[str(count)]
    print(f"records {told['records']}, rebuilt in {told['rebuild_seconds']} CPU s")
    for name, row in told["cpu_ms"].items():
        print(f"  {name:32} hits {row['hits']:3}  page {row['page']}  look {row['look']}")


if __name__ == "__main__":
    main(sys.argv[1:])
