"""How does the weekly job go on where it stopped, and how is any past judgement made again? Papers, memory and records.

A folder holds per week `<week>.json` (the judgement), `<week>.memory.json` (what the next week needs) and, written last,
`<week>.run.json` (seed, rules, batches, hashes): a week is judged when its record is there. What was measured lies
beside them under the name of its content, so that an old judgement is recomputed from its own input.
"""

from __future__ import annotations

import importlib.metadata
import json
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

from guanjian.kernel.errors import BadInput, NotFound
from guanjian.kernel.risks import Judgement
from guanjian.risk.gather import Gathered
from guanjian.risk.inputs import keep, load, sha, write
from guanjian.risk.judge import Memory, Setting, judge
from guanjian.risk.memory import from_paper, on_paper
from guanjian.risk.panel import Panel, panel_of
from guanjian.risk.rules import Rules

LEAST_WEEKS = 12  # history before the first week that can be judged at all
VERSIONED = ("guanjian", "numpy", "scipy", "numba", "pandas", "pyarrow")
Progress = Callable[[int, int, str], None]


@dataclass(frozen=True)
class Desk:
    """The folder of the judgements, what was gathered, the rules, and the batches it was gathered from."""

    folder: Path
    gathered: Gathered
    rules: Rules
    batches: Sequence[str] = ()

    @property
    def setting(self) -> Setting:
        """What is the same in every week."""
        given = self.gathered
        return Setting(self.rules, wording=given.wording, controls=given.controls, shared=given.shared)

    def paper(self, week: str) -> Path:
        """Where the judgement of a week is."""
        return self.folder / f"{week}.json"

    def record(self, week: str) -> Path:
        """Where its record is."""
        return self.folder / f"{week}.run.json"

    def kept(self, week: str) -> Path:
        """Where what was remembered after it is."""
        return self.folder / f"{week}.memory.json"


def run(desk: Desk, week: str, run_in: int = 26, progress: Progress = lambda done, total, week: None) -> Judgement:
    """The judgement of a week, with those of the `run_in` weeks before that are still missing."""
    panel = panel_of(desk.gathered.table, desk.gathered.places.codes, week)
    last = panel.weeks.index(week)
    if last < LEAST_WEEKS:
        raise BadInput(
            f"历史太短：{week} 之前只有{last}周，至少要{LEAST_WEEKS}周。",
            f"History too short: {last} weeks before {week}, at least {LEAST_WEEKS} are needed.",
        )
    desk.folder.mkdir(parents=True, exist_ok=True)
    given = keep(desk.gathered, desk.folder)
    weeks = panel.weeks[_first(desk, panel, max(LEAST_WEEKS, last - run_in)) : last + 1]
    for done, one in enumerate(weeks):
        progress(done, len(weeks), one)
        if not desk.record(one).exists():
            _judge(desk, panel.until(one), given)
    progress(len(weeks), len(weeks), week)
    return read(desk.paper(week))


def read(path: Path) -> Judgement:
    """A judgement from its file."""
    if not path.exists():
        raise NotFound(f"没有这一周的研判：{path.name}。", f"There is no such judgement: {path.name}.")
    return Judgement.from_dict(json.loads(path.read_text(encoding="utf-8")))


def _first(desk: Desk, panel: Panel, wanted: int) -> int:
    """Go on after the newest week that is judged, if it is still remembered, else from the beginning of the run-in."""
    last = len(panel.weeks) - 1
    least = min(wanted, last - desk.rules.remembered)
    judged = [i for i, week in enumerate(panel.weeks) if i >= least and desk.record(week).exists()]
    return min(judged[-1] + 1, last) if judged else wanted


def _judge(desk: Desk, panel: Panel, given: str) -> None:
    """Judge one week and write it: the record comes last."""
    begun = time.perf_counter()
    before = desk.kept(panel.weeks[-2])
    memory = from_paper(json.loads(before.read_text(encoding="utf-8")), panel) if before.exists() else Memory()
    record = _record(desk, panel, given, before)
    paper, after = judge(panel, desk.gathered.places, memory, desk.setting, record["run_id"])
    text = _text(paper.as_dict())
    write(desk.kept(panel.week), _text(on_paper(after, panel)))
    write(desk.paper(panel.week), text)
    told = {"paper_sha256": sha(text.encode()), "seconds": round(time.perf_counter() - begun, 2)}
    write(desk.record(panel.week), _text(record | told))


def _record(desk: Desk, panel: Panel, given: str, before: Path) -> dict[str, Any]:
    """Everything that the judgement follows from; the run's id is the hash of it."""
    told = {
        "week": panel.week,
        "rules": asdict(desk.rules),
        "input": given,
        "memory": sha(before.read_bytes()) if before.exists() else None,
        "chain": sha(_text(desk.setting.chain.as_dict()).encode()),
        "lake": {"batches": sorted(desk.batches), "sha256": sha("\n".join(sorted(desk.batches)).encode())},
        "versions": {name: importlib.metadata.version(name) for name in VERSIONED},
    }
    return {"run_id": sha(_text(told).encode())[:32]} | told


def again(record_file: Path) -> tuple[Judgement, bool]:
    """Recompute a past judgement from its record; whether it is the same to the byte."""
    record, folder = json.loads(record_file.read_text(encoding="utf-8")), record_file.parent
    rules = Rules(**{f.name: record["rules"][f.name] for f in fields(Rules)})
    desk = Desk(folder, load(folder / record["input"]), rules)
    panel = panel_of(desk.gathered.table, desk.gathered.places.codes, record["week"])
    before = desk.kept(panel.weeks[-2])
    memory = Memory()
    if record["memory"] is not None:
        if not before.exists() or sha(before.read_bytes()) != record["memory"]:
            raise BadInput(
                f"{before.name} 缺失或已改动，无法重算。",
                f"{before.name} is missing or altered: it cannot be recomputed.",
            )
        memory = from_paper(json.loads(before.read_text(encoding="utf-8")), panel)
    paper, _ = judge(panel, desk.gathered.places, memory, desk.setting, record["run_id"])
    return paper, sha(_text(paper.as_dict()).encode()) == record["paper_sha256"]


def _text(told: Any) -> str:
    return json.dumps(told, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
