"""The whole catalogue over one lake in one plan: detectors, indicators and controls on one session."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from guanjian.engine.branches import columns_told
from guanjian.engine.measure import Measured, measure
from guanjian.engine.reading import Files, Reading, Weights, columns_read, compared, reading, weighed, weights
from guanjian.engine.run import Rules, Run, detect
from guanjian.kernel.words import Text
from guanjian.signals.catalogue import indicator_catalogue
from guanjian.signals.controls.asking import Answer, ask_lake
from guanjian.signals.controls.catalogue import catalogue as control_catalogue
from guanjian.signals.controls.others import NAME as OTHERS
from guanjian.signals.controls.others import SQL as OTHERS_READ
from guanjian.signals.controls.trails import trail

if TYPE_CHECKING:
    from guanjian.engine.looked import Detector
    from guanjian.engine.session import Session
    from guanjian.kernel.workdays import Calendar

DETECTORS, INDICATORS, CONTROLS = (
    Text("规则", "detectors"), Text("指标", "indicators"), Text("内控", "controls")
)  # fmt: skip
Progress = Callable[[str], None]


@dataclass(frozen=True)
class Plan:
    """What is run: these detectors, judged by these rules, and all indicators and controls; working days of the calendar."""

    detectors: Sequence[Detector]
    calendar: Calendar
    rules: Rules = field(default_factory=Rules)

    @property
    def size(self) -> int:
        """The most that `whole` tells of its progress: every signal once."""
        return len(self.detectors) + len(indicator_catalogue()) + len(control_catalogue())


@dataclass(frozen=True)
class Step:
    """One step of the plan and what it cost: a detector, a scan of indicators, a trail with all its controls."""

    part: Text
    codes: tuple[str, ...]
    seconds: float
    cpu_seconds: float


@dataclass(frozen=True)
class Whole:
    """What the parts found, what each step cost, and what each part read beside its members one by one."""

    run: Run
    measured: Measured
    answer: Answer
    steps: tuple[Step, ...]
    readings: dict[str, Reading]

    @property
    def reading(self) -> Reading:
        """All parts together."""
        first, *others = self.readings.values()
        return sum(others, start=first)

    def slowest(self, many: int = 10) -> list[Step]:
        """The steps that took longest on the processor."""
        return sorted(self.steps, key=lambda step: -step.cpu_seconds)[:many]


def whole(session: Session, lake: Files, plan: Plan, progress: Progress = lambda code: None) -> Whole:
    """Every detector, then every indicator, then every control; the results are those of each by itself."""
    run = detect(session, plan.detectors, rules=plan.rules, progress=lambda done, total, one: progress(one.code))
    known = weights(session, lake)
    told: set[str] = set()

    def measuring(done: int, total: int, codes: str) -> None:
        for code in filter(None, codes.split("、")):
            if code not in told:
                told.add(code)
                progress(code)

    measured = measure(session, list(indicator_catalogue().values()), progress=measuring)
    answer = ask_lake(session.connection, control_catalogue().values(), plan.calendar, progress)
    asked = {one.code: session.questions.get(one.code, []) for one in plan.detectors}
    of_detectors = compared(session, asked, [each for questions in asked.values() for each in questions], known)
    readings = {
        DETECTORS.en: of_detectors,
        INDICATORS.en: reading(session, measured.asked, known),
        CONTROLS.en: _of_trails(answer, known),
    }
    return Whole(run, measured, answer, tuple(_steps(run, measured, answer)), readings)


def _steps(run: Run, measured: Measured, answer: Answer) -> Iterable[Step]:
    for report in run.reports:
        yield Step(DETECTORS, (report.code,), report.seconds, report.cpu_seconds)
    for scan in measured.scans:
        yield Step(INDICATORS, scan.scan.codes, scan.seconds, scan.cpu_seconds)
    for walked in answer.walked:
        yield Step(CONTROLS, walked.codes, walked.seconds, walked.cpu_seconds)


def _of_trails(answer: Answer, known: Weights) -> Reading:
    """Every trail once with the columns of all its controls, beside every control with a trail of its own.

    Events that are not about declarations are read once when several trails share them: what is kept of them is no longer lake.
    """
    of_all = {**known, OTHERS: known.get("events", {})}
    kept = {**known, OTHERS: {}} if answer.others.kept else of_all
    together = weighed(columns_read(OTHERS_READ), known) if answer.others.kept else 0
    alone = 0
    for one in answer.walked:
        sql = trail(one.trail).sql
        together += sum(weighed(columns_told(sql, columns, answer.others.kinds), kept) for columns in one.read)
        readings = (columns for read in one.alone.values() for columns in read)
        alone += sum(weighed(columns_told(sql, columns, answer.others.kinds), of_all) for columns in readings)
    return Reading(together, alone, sum(sum(columns.values()) for columns in known.values()))
