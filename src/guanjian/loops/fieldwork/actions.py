"""Planning a job, taking in what devices send, and locking tracks away when their time is over."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from guanjian.kernel.errors import BadInput, GuanjianError, NotAllowed, NotFound
from guanjian.kernel.flow import Facts
from guanjian.kernel.papers import Finding
from guanjian.kernel.words import Text
from guanjian.loops.fieldwork import evidence
from guanjian.loops.fieldwork.allowed import Allowed, kept_from
from guanjian.loops.fieldwork.chain import Item, of_device, read, why_refused
from guanjian.loops.fieldwork.codes import Kind
from guanjian.loops.fieldwork.deviations import Looked, found
from guanjian.loops.fieldwork.flow import S
from guanjian.loops.fieldwork.models import Fieldwork
from guanjian.loops.fieldwork.rules import TAKEN_BY
from guanjian.loops.fieldwork.site import Deed
from guanjian.moving.verbs import advance, note, start
from guanjian.org.actor import SYSTEM, Actor
from guanjian.org.models import Appointment, Unit
from guanjian.org.posts import Post

TWO = ("作业人员须为两名不同的人。", "Two different officers are needed.")
NOT_HERE = Text("{who}不是本隶属海关的现场关员。", "{who} is no front-line officer of this house.")
OTHER_CONTENT = Text(
    "第{n}号条目已接收，内容不同，不予接收。", "Item {n} was received with another content: it is refused."
)
WAITS = Text("须待另一人签到上传后才能签退，已保留在本机。", "Waits until the other officer's check-in is uploaded.")
OVER = Text(
    "作业已提交或办结，不再接收现场条目。", "The job is submitted or closed: nothing more is taken from the site."
)
WINDOW = timedelta(days=62)  # how far back a photo is looked for; older ones are found by control C-FLD-06 on the lake


@dataclass(frozen=True)
class Answer:
    """What became of one item: done, known (came before), aside (kept, without effect), wait or refused."""

    number: int
    outcome: str
    said: str = ""


def plan(actor: Actor, unit: Unit, facts: Facts) -> Fieldwork:
    """Open a job: two officers of the same house, a place, a time."""
    officers = facts["officers"]
    if len(officers) != 2 or officers[0] == officers[1]:
        raise BadInput(*TWO)
    for who in officers:
        _of_this_house(who, unit)
    starts, ends = (datetime.fromisoformat(facts[name]) for name in ("planned_start", "planned_end"))
    if ends <= starts:
        raise BadInput("计划结束须晚于计划开始。", "The planned end must be after the start.")
    return start(
        Fieldwork,
        actor,
        unit,
        title=f"{Kind(facts['kind']).label.zh}：{facts['place']} {facts['subject_id']}"[:200],
        kind=facts["kind"],
        subject_type=facts["subject_type"],
        subject_id=facts["subject_id"],
        place=facts["place"],
        place_lon=_degrees(facts["place_lon"], 180),
        place_lat=_degrees(facts["place_lat"], 90),
        planned_start=starts,
        planned_end=ends,
        first_officer=officers[0],
        second_officer=officers[1],
    )


def _of_this_house(who: str, unit: Unit) -> None:
    today = timezone.localdate()
    held = Appointment.objects.filter(person__username=who, post=Post.FRONTLINE, since__lte=today)
    held = held.exclude(until__lt=today).filter(unit__house_code=unit.house_code)
    if not held.exists():
        raise BadInput(NOT_HERE.filled(who=who))


def _degrees(given: str, most: int) -> float:
    try:
        value = float(given)
    except ValueError:
        value = math.nan
    if not abs(value) <= most:
        raise BadInput(f"“{given}”不是有效的经纬度（十进制度）。", f"“{given}” is no longitude or latitude in degrees.")
    return value


def upload(job: Fieldwork, actor: Actor, items: Sequence[Mapping[str, str]]) -> list[Answer]:
    """Take in what a device queued, in its order; it stops at the first item that is refused or has to wait."""
    answers: list[Answer] = []
    for given in items:
        answers.append(_take_in(Fieldwork.objects.get(pk=job.pk), actor, given))
        if answers[-1].outcome in ("refused", "wait"):
            break
    return answers


def _take_in(job: Fieldwork, actor: Actor, given: Mapping[str, str]) -> Answer:
    item = read(given["item"])
    signed = of_device(job.items, item.device)
    if 0 < item.number <= len(signed):
        same = read(signed[item.number - 1]["item"]).digest == item.digest
        return Answer(item.number, "known") if same else _refused(item, OTHER_CONTENT.filled(n=item.number))
    if refused := why_refused(job.key, job.items, given["item"], given["signature"]):
        return _refused(item, refused)
    step = next((name for name in TAKEN_BY[item.deed] if job.state in job.flow.step(name).source), "")
    if item.deed == "check_out" and job.state == S.HALF:
        return Answer(item.number, "wait", str(WAITS))
    if job.state in (S.SUBMITTED, *job.flow.ends):
        return _refused(item, OVER)
    try:
        if not step:
            raise NotAllowed(Text("当前状态不接收此条目。", "The job takes no such item now."))
        advance(job, step, actor, given)
    except (BadInput, NotAllowed) as problem:
        return _lay_aside(job, actor, given, problem)
    return Answer(item.number, "done")


def _lay_aside(job: Fieldwork, actor: Actor, given: Mapping[str, str], problem: GuanjianError) -> Answer:
    """A genuine item that has no effect stays in the chain with the reason: the next one can follow it."""
    item = read(given["item"])
    try:
        advance(job, "set_aside", actor, {**given, "why": problem.text.zh})
    except (BadInput, NotAllowed):
        return _refused(item, problem.text)  # another person's device, or no officer of this job
    return Answer(item.number, "aside", str(problem.text))


def _refused(item: Item, reason: Text) -> Answer:
    return Answer(item.number, "refused", str(reason))


def receive(job: Fieldwork, actor: Actor, digest: str, content: bytes) -> None:
    """Keep a file that one of the job's devices has named: a photo, or the points of a track within its time."""
    deed = next((one for one in job.site.deeds if one.item.facts.get("hash") == digest), None)
    if deed is None or actor.person_id not in job.officers:
        raise NotFound("本作业没有登记这个文件。", "No such file was named in this job.")
    if deed.item.deed == "track":
        _within(deed, evidence.points(content))
    else:
        evidence.photo(content)
    evidence.keep(digest, content)


def _within(deed: Deed, points: Sequence[Mapping[str, Any]]) -> None:
    since, until = (datetime.fromisoformat(deed.item.facts[name]) for name in ("from", "to"))
    if any(not since <= datetime.fromisoformat(one["at"]) <= until for one in points):
        raise BadInput("轨迹含签到之前或签退之后的点，未保存。", "The track has points outside the work: not kept.")


def tracks(job: Fieldwork) -> Iterator[tuple[Deed, list[dict[str, Any]]]]:
    """The tracks of a job that are here and not sealed, with their points."""
    for deed in job.site.done("track"):
        path = evidence.path_of(deed.item.facts["hash"])
        if path.exists():
            yield deed, evidence.points(path.read_bytes())


def deviations(job: Fieldwork) -> list[Finding]:
    """The findings of a job as it stands."""
    moved: dict[str, list[dict[str, Any]]] = {}
    for deed, points in tracks(job):
        moved.setdefault(deed.officer, []).extend(points)
    looked = Looked(job, moved, _used_before(job), Allowed.on(timezone.localdate(job.opened_at)))
    return [deviation.finding(job) for deviation in found(looked)]


def _used_before(job: Fieldwork) -> dict[str, str]:
    """By hash: the earlier job of the district that has the same photo."""
    since = job.opened_at - WINDOW
    others = Fieldwork.objects.filter(district_code=job.district_code, opened_at__gte=since).exclude(pk=job.pk)
    own = set(job.site.hashes)
    return {digest: other.key for other in others.iterator() for digest in own & set(other.site.hashes)}


def seal_tracks(today: date | None = None) -> int:
    """Lock away the tracks whose time is over; each job's sealing is in the ledger. Returns how many files."""
    ended = Fieldwork.objects.filter(closed_at__date__lt=kept_from(today or timezone.localdate()))
    return sum(_seal(job) for job in ended.order_by("pk").iterator())


def _seal(job: Fieldwork) -> int:
    sealed = [deed.item.facts["hash"] for deed in job.site.done("track") if evidence.seal(deed.item.facts["hash"])]
    if sealed:
        note("fieldwork.track_sealed", job.key, SYSTEM, {"files": sealed}, job.district_code)
    return len(sealed)
