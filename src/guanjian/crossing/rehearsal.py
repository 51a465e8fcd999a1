"""The demonstration's stage: one simulated administration and one public data set through the whole main job."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from pathlib import Path

from guanjian import simulate
from guanjian.crossing import cast, detect, examples, imports, reference, tasks
from guanjian.crossing.score import Score, score
from guanjian.ingest import mapping
from guanjian.ingest.importing import ingest
from guanjian.ingest.lake import Lake
from guanjian.kernel.words import Text
from guanjian.ledger import sequencer
from guanjian.org.models import Unit

SINCE = date(2026, 1, 1)


@dataclass(frozen=True)
class Stage:
    """Where the demonstration lives and how large it is; `say` hears what is being done."""

    home: Path
    declarations: int
    seed: int
    say: Callable[[Text], None]

    @property
    def facts(self) -> Path:
        """The simulated files, and their truth."""
        return self.home / "simulated-facts"

    @property
    def told(self) -> Path:
        """What the set-up found; there once everything is done."""
        return self.home / "found.json"

    @property
    def is_set(self) -> bool:
        """True when a set-up was done to its end."""
        return self.told.exists()

    def lake(self, name: str) -> Lake:
        """A lake of the demonstration: `simulated` or `public`."""
        return Lake.open(self.home / "lakes" / name, create=True)


def set_up(stage: Stage) -> None:
    """Everything from an empty folder; a set-up that was interrupted goes on where it can."""
    began = time.monotonic()
    _office(stage)
    simulated, public = stage.lake("simulated"), stage.lake("public")
    _facts(stage, simulated)
    _public(stage, public)
    _people(stage, simulated)
    stage.say(Text("检测并开出预警", "Detecting, opening alerts"))
    found = detect.run(simulated)
    detect.run(public)
    result = score(found.run.findings, stage.facts / "truth.json")
    _engage(result)
    examples.play(stage.say)
    sequencer.seal_all()
    stage.told.write_text(json.dumps(_kept(result, time.monotonic() - began), ensure_ascii=False, indent=1))


def _office(stage: Stage) -> None:
    from django.core.management import call_command

    stage.say(Text("建立办公库与机构", "Tables and units"))
    call_command("migrate", verbosity=0, interactive=False)
    reference.plant_headquarters()
    reference.plant_holidays()
    tasks.plan_all()


def _facts(stage: Stage, lake: Lake) -> None:
    if not (stage.facts / "truth.json").exists():
        stage.say(Text(f"模拟 {stage.declarations:,} 票报关单", f"Simulating {stage.declarations:,} declarations"))
        simulate.run("demo", stage.declarations, stage.seed, stage.facts)
    stage.say(Text("导入模拟数据", "Importing the simulation"))
    ingest([stage.facts], lake)


def _public(stage: Stage, lake: Lake) -> None:
    stage.say(Text("导入公开的韩国进口申报与事件日志", "Importing public Korean declarations and a public event log"))
    samples = Path(str(files("guanjian.ingest") / "samples"))
    ingest(sorted(samples.glob("kcs2022_*.csv.gz")), lake, mapping=mapping.load("kcs2022"))
    ingest([samples / "traffic_fines.parquet"], lake, mapping=mapping.load("eventlog"))


def _people(stage: Stage, lake: Lake) -> None:
    stage.say(Text("接收单位与人员", "Taking units and people"))
    for one in (lake, stage.lake("public")):
        imports.note_batches(one)
    reference.take_units(lake)
    reference.take_officers(lake, SINCE)
    cast.engage_oversight(SINCE)


def _engage(result: Score) -> None:
    """A cast for each place where something was planted, so that its findings can be worked to their end."""
    known = set(Unit.objects.values_list("code", flat=True))
    for met in result.met:
        cast.engage_for(met.unit_code if met.unit_code in known else "0000", SINCE)


def _kept(result: Score, seconds: float) -> dict:
    return {
        "seconds": round(seconds, 1),
        "met": [{**vars(met), "found": met.found} for met in result.met],
        "findings": {code: [total, result.false[code]] for code, total in sorted(result.total.items())},
        "statistical": sorted(result.statistical),
        "false_share": result.false_share,
    }


def tell(stage: Stage, say: Callable[[str], None]) -> None:
    """Print the planted truth beside what was found, and the false findings of each detector."""
    from rich.console import Console
    from rich.table import Table

    told = json.loads(stage.told.read_text())
    planted = Table(
        "预设 planted", "主体 subject", "单位 unit", "强度 strength", "结果 result", "规则 by", "名次 rank", "q"
    )
    for met in told["met"]:
        result = "找到 found" if met["found"] else "漏掉 missed"
        rank = f"{met['rank']} / {met['of']}" if met["found"] else "–"
        q = "–" if met["q_value"] is None else f"{met['q_value']:.2g}"
        planted.add_row(
            met["kind"], met["subject_id"], met["unit_code"], str(met["strength"]), result, met["code"], rank, q
        )
    false = Table("规则 detector", "线索 findings", "不在真相中 false", "")
    for code, (total, wrong) in told["findings"].items():
        false.add_row(
            code, f"{total:,}", f"{wrong:,}", "统计 statistical" if code in told["statistical"] else "控制 control"
        )
    console = Console(width=120)
    console.print(planted, false)
    say(f"统计类规则误报比例 false share of the statistical detectors: {told['false_share']:.3f}")
    say(f"模拟数据，不代表任何真实机构、企业或个人。 Simulated data. ({told['seconds']} s)")
