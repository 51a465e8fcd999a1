"""What on site does not fit: place, speed, clocks, lateness, one officer alone, one photo for two jobs. Each is a finding."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from math import asin, cos, radians, sin, sqrt
from typing import Any

from guanjian.kernel.papers import Finding, Level, Subject
from guanjian.kernel.words import Text
from guanjian.kernel.workdays import CHINA
from guanjian.loops.fieldwork.allowed import Allowed
from guanjian.loops.fieldwork.site import Site

EARTH_METRES = 6_371_000
EVIDENCE = ("photo", "clip")
TITLES = {
    "FLD-01": Text("外勤签到偏离计划地点", "Checked in away from the planned place"),
    "FLD-02": Text("外勤轨迹速度不可能", "A track faster than possible"),
    "FLD-03": Text("外勤设备时间与服务器时间不符", "Device time against server time"),
    "FLD-04": Text("外勤事后补传", "Delivered long after the fact"),
    "FLD-05": Text("外勤单人作业取证", "Evidence taken by one officer alone"),
    "FLD-06": Text("外勤照片重复使用", "One photo in two jobs"),
    "FLD-07": Text("外勤轨迹偏离作业地点", "A track away from the place of work"),
    "FLD-08": Text("外勤作业换设备重新下载", "The job taken onto a second device"),
}
SAID = {
    "FLD-01": Text("签到位置距计划地点{seen}米，允许{bound}米。", "Checked in {seen} m away; {bound} m are allowed."),
    "FLD-02": Text("轨迹点间速度{seen}公里/小时，上限{bound}。", "{seen} km/h between two points; at most {bound}."),
    "FLD-03": Text(
        "设备时间偏差{seen}分钟，容许{bound}分钟。", "The device is {seen} minutes off; {bound} are tolerated."
    ),
    "FLD-04": Text("作业{seen}小时后才上传，期限{bound}小时。", "Delivered {seen} hours later; {bound} are allowed."),
    "FLD-05": Text(
        "{seen}件证据取于两人到齐（{bound}）之前或一人签退之后。",
        "{seen} items while only one officer was there (two from {bound}).",
    ),
    "FLD-07": Text(
        "作业期间距计划地点{seen}米，允许{bound}米。", "{seen} m from the planned place; {bound} m are allowed."
    ),
    "FLD-08": Text(
        "本人先后用{seen}台设备，前一台未上传的条目不再可查。", "{seen} devices; what the earlier one kept is lost."
    ),
    "FLD-06": Text("照片已在{bound}使用。", "The photo was used in {bound} before."),
}
LEVELS = {"FLD-04": Level.YELLOW, "FLD-05": Level.ORANGE, "FLD-07": Level.YELLOW, "FLD-08": Level.BLUE}


@dataclass(frozen=True)
class Deviation:
    """One thing that does not fit: which check, whose, what was seen, what is allowed."""

    code: str
    officer: str
    seen: str
    bound: str
    score: float = 1.0

    def finding(self, job: Any) -> Finding:
        """The finding: about the officer; what two did together is about their unit."""
        about = (Subject.OFFICER, self.officer) if self.officer else (Subject.UNIT, job.unit_code)
        said = SAID[self.code].filled(seen=self.seen, bound=self.bound)
        title = TITLES[self.code]
        facts = {"detector_zh": title.zh, "detector_en": title.en, "explanation_en": said.en}
        return Finding(
            code=self.code,
            unit_code=job.unit_code,
            line_code="GOV-FIELD",
            subject_type=about[0],
            subject_id=about[1],
            period=f"{job.planned_on} #{job.pk}",
            score=self.score,
            level=LEVELS.get(self.code, Level.RED),
            explanation=said.zh,
            run_id=job.key,
            evidence={**facts, "seen": self.seen, "expected": self.bound, "job": job.key},
        )


@dataclass(frozen=True)
class Looked:
    """What the checks look at: the job, the points of each officer's track, and where else its photos were used."""

    job: Any
    tracks: Mapping[str, Sequence[Mapping[str, Any]]]
    used_before: Mapping[str, str]
    allowed: Allowed

    @property
    def site(self) -> Site:
        """What the items tell."""
        return self.job.site


def found(looked: Looked) -> list[Deviation]:
    """Every deviation of this job, the worst of each kind and officer."""
    every = [one for check in CHECKS for one in check(looked)]
    worst: dict[tuple[str, str], Deviation] = {}
    for one in every:
        known = worst.setdefault((one.code, one.officer), one)
        if one.score > known.score:
            worst[one.code, one.officer] = one
    return list(worst.values())


def metres(a: tuple[float, float], b: tuple[float, float]) -> float:
    """The distance of two places (longitude, latitude) on the globe."""
    (lon_a, lat_a), (lon_b, lat_b) = (tuple(map(radians, place)) for place in (a, b))
    chord = sin((lat_b - lat_a) / 2) ** 2 + cos(lat_a) * cos(lat_b) * sin((lon_b - lon_a) / 2) ** 2
    return 2 * EARTH_METRES * asin(min(1.0, sqrt(chord)))


def _far(looked: Looked) -> Iterator[Deviation]:
    planned, bound = (looked.job.place_lon, looked.job.place_lat), looked.allowed.metres
    for one in looked.site.done("check_in"):
        away = metres(planned, one.place)
        if away > bound:
            yield Deviation("FLD-01", one.officer, f"{away:.0f}", f"{bound:.0f}", away / bound)


def _fast(looked: Looked) -> Iterator[Deviation]:
    for officer, points in looked.tracks.items():
        for a, b in pairwise(sorted(points, key=_moment)):
            seconds = max(1.0, (_moment(b) - _moment(a)).total_seconds())
            kmh = metres((a["lon"], a["lat"]), (b["lon"], b["lat"])) / seconds * 3.6
            if kmh > looked.allowed.kmh:
                yield Deviation("FLD-02", officer, f"{kmh:.0f}", f"{looked.allowed.kmh:.0f}", kmh / looked.allowed.kmh)


def _astray(looked: Looked) -> Iterator[Deviation]:
    planned, bound = (looked.job.place_lon, looked.job.place_lat), looked.allowed.astray
    for officer, points in looked.tracks.items():
        away = max((metres(planned, (point["lon"], point["lat"])) for point in points), default=0)
        if away > bound:
            yield Deviation("FLD-07", officer, f"{away:.0f}", f"{bound:.0f}", away / bound)


def _moment(point: Mapping[str, Any]) -> datetime:
    return datetime.fromisoformat(point["at"])


def _clocks(looked: Looked) -> Iterator[Deviation]:
    """Off when the job was taken, ahead of the server on arrival, before the job was taken, or running backwards."""
    bound, newest = looked.allowed.clock, {}
    for kept in looked.site.items:
        if "clock" in kept:
            received = datetime.fromisoformat(kept["received_at"])
            newest[kept["by"]] = received
            yield from _off(looked, kept["by"], abs(datetime.fromisoformat(kept["clock"]) - received))
    for one in looked.site.deeds:
        before = newest.get(one.officer, one.item.at)
        yield from _off(looked, one.officer, max(one.item.at - one.received_at, before - one.item.at))
        newest[one.officer] = max(before, one.item.at) if one.item.at - one.received_at <= bound else before


def _off(looked: Looked, officer: str, gap) -> Iterator[Deviation]:
    bound = looked.allowed.clock
    if gap > bound:
        seen, allowed = (int(span.total_seconds() // 60) for span in (gap, bound))
        yield Deviation("FLD-03", officer, str(seen), str(allowed), gap / bound)


def _late(looked: Looked) -> Iterator[Deviation]:
    bound = looked.allowed.delivery
    for one in looked.site.deeds:
        lag = one.received_at - one.item.at
        if lag > bound:
            hours = (int(span.total_seconds() // 3600) for span in (lag, bound))
            yield Deviation("FLD-04", one.officer, *map(str, hours), lag / bound)


def _alone(looked: Looked) -> Iterator[Deviation]:
    since, until = looked.site.together_since, looked.site.together_until
    taken = [one.item.at for one in looked.site.deeds if one.item.deed in EVIDENCE]
    alone = [at for at in taken if since is None or at < since or (until is not None and at > until)]
    if alone:
        when = since.astimezone(CHINA).strftime("%H:%M") if since else "—"
        yield Deviation("FLD-05", "", str(len(alone)), when)


def _used_twice(looked: Looked) -> Iterator[Deviation]:
    for one in looked.site.photos:
        if earlier := looked.used_before.get(one.item.facts["hash"]):
            yield Deviation("FLD-06", one.officer, one.item.facts["hash"][:12], earlier)


def _devices(looked: Looked) -> Iterator[Deviation]:
    taken = Counter(kept["by"] for kept in looked.site.items if "key" in kept)
    yield from (Deviation("FLD-08", officer, str(count), "1") for officer, count in taken.items() if count > 1)


CHECKS = (_far, _fast, _clocks, _late, _alone, _used_twice, _astray, _devices)
