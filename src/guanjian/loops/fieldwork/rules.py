"""What a device's item must be to have an effect, and what a job needs before it is submitted."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from typing import Any

from guanjian.kernel.errors import BadInput
from guanjian.kernel.flow import Facts
from guanjian.kernel.words import Text
from guanjian.loops.fieldwork.chain import DEEDS, Item, key_of, read, why_refused
from guanjian.loops.fieldwork.codes import Disposal, Photo, Result
from guanjian.loops.fieldwork.site import Site, fields_of

HASH = re.compile("[0-9a-f]{64}")
TAKEN_BY = {  # what a device did, and the steps that take it, by the state that they begin from
    "check_in": ("arrive", "join"),
    "photo": ("photograph",),
    "clip": ("film",),
    "record": ("record",),
    "track": ("track",),
    "check_out": ("leave", "depart"),
}
NO_HASH = Text("缺少文件的SHA-256。", "The SHA-256 of the file is missing.")
NO_PLACE = Text("缺少设备定位，须允许定位后重新签到。", "The device gave no position: allow it and check in again.")
WRONG_TIMES = Text("起止时间无效。", "From and to are not valid times.")
OUT_OF_TIME = Text(
    "不在本人签到与签退之间，不予采用。", "Not between this officer's check-in and check-out: no effect."
)


def carries(deed: str) -> Callable[[Any, Facts], Text | None]:
    """The rule of a step that a device takes: the next item of its chain, of this kind, and fit for it."""

    def rule(job: Any, facts: Facts) -> Text | None:
        if refused := why_refused(job.key, job.items, facts["item"], facts["signature"]):
            return refused
        item = read(facts["item"])
        if item.deed != deed:
            return Text("条目是“{deed}”，与本步骤不符。", "The item is “{deed}”, not for this step.").filled(
                deed=DEEDS[item.deed]
            )
        return unfit(job, item)

    return rule


def unfit(job: Any, item: Item) -> Text | None:
    """Why this item has no effect although it is genuine; None when it has."""
    return FITS[item.deed](Site(job.items), item)


def cannot_be_used(job: Any, facts: Facts) -> Text | None:
    """Only a genuine item that no step takes now is set aside: nobody lays aside what counts."""
    if refused := why_refused(job.key, job.items, facts["item"], facts["signature"]):
        return refused
    item = read(facts["item"])
    open_now = any(job.state in job.flow.step(name).source for name in TAKEN_BY[item.deed])
    if open_now and not _wrong(job, item):
        return Text("该条目有效，不能搁置。", "This item counts and cannot be set aside.")
    return None


def _wrong(job: Any, item: Item) -> bool:
    try:
        return unfit(job, item) is not None
    except BadInput:
        return True


def is_a_key(job: Any, facts: Facts) -> Text | None:
    """The device's public key must lie on its curve; one key is one device of one job."""
    point = key_of(facts["key"])
    if any(key_of(kept["key"]) == point for kept in job.items if "key" in kept):
        return Text("该设备已下载本作业。", "This device has taken the job already.")
    return None


def complete(job: Any) -> Text | None:
    """Nothing is submitted without a record, nor while a photo is still on its way."""
    if not Site(job.items).record:
        return Text("须先填写查验记录（地点、包装、单据、处理意见、结果、过程记录）。",
                    "A record comes first: place, packing, papers, disposal, result, notes.")  # fmt: skip
    if missing := job.missing_photos():
        return Text("还有{n}张照片未上传，不能提交。", "{n} photos are not uploaded: it cannot be submitted.").filled(
            n=len(missing)
        )
    return None


def _position(site: Site, item: Item) -> Text | None:
    try:
        lon, lat = float(item.facts["lon"]), float(item.facts["lat"])
    except (KeyError, TypeError, ValueError):
        return NO_PLACE
    return None if abs(lon) <= 180 and abs(lat) <= 90 else NO_PLACE


def _arrival(site: Site, item: Item) -> Text | None:
    if site.came(site.owner(item)):
        return Text("本人已签到。", "You have checked in already.")
    return _position(site, item)


def _departure(site: Site, item: Item) -> Text | None:
    if site.done("check_out", site.owner(item)):
        return Text("本人已签退。", "You have checked out already.")
    return _position(site, item) or _inside(site, item, item.at)


def _inside(site: Site, item: Item, *moments: datetime) -> Text | None:
    officer = site.owner(item)
    came, left = site.came(officer), site.left(officer)
    inside = came is not None and all(came <= at and (left is None or at <= left) for at in moments)
    return None if inside else OUT_OF_TIME


def _photo(site: Site, item: Item) -> Text | None:
    if not HASH.fullmatch(str(item.facts.get("hash", ""))) or item.facts.get("shows") not in set(Photo):
        return NO_HASH
    if item.facts["hash"] in site.hashes:
        return Text("同一张照片已在本作业中，不重复采用。", "The same photo is in this job already: it has no effect.")
    return _inside(site, item, item.at)


def _track(site: Site, item: Item) -> Text | None:
    """Where an officer was is nobody's business before the check-in and after the check-out."""
    return _span(item) or _inside(site, item, *_times(item))


def _clip(site: Site, item: Item) -> Text | None:
    """A clip may begin on the way, but shows the work."""
    if not str(item.facts.get("camera", "")).strip():
        return Text("请填写执法记录仪编号。", "Give the number of the camera.")
    return _span(item) or _inside(site, item, _times(item)[1])


def _span(item: Item) -> Text | None:
    if not HASH.fullmatch(str(item.facts.get("hash", ""))):
        return NO_HASH
    try:
        since, until = _times(item)
        return None if since <= until else WRONG_TIMES
    except (KeyError, TypeError, ValueError):
        return WRONG_TIMES


def _times(item: Item) -> tuple[datetime, datetime]:
    return datetime.fromisoformat(item.facts["from"]), datetime.fromisoformat(item.facts["to"])


def _record(site: Site, item: Item) -> Text | None:
    """Declared and real agree as they are said to; what is not normal is not simply released."""
    fields = fields_of(item)
    if not site.came(site.owner(item)):
        return Text("签到后才能记录。", "Check in before recording.")
    for row in fields["goods"]:
        if (row["declared"] == row["real"]) != (row["agreement"] == "same"):
            return Text(
                "第{n}项的申报、实际与“符/不符”不一致。", "Item {n}: declared, real and the mark disagree."
            ).filled(n=row["g_no"])
    differs = any(row["agreement"] == "other" for row in fields["goods"])
    if differs and fields["exam_result"] == Result.NORMAL:
        return Text("有不符项，查验结果不能为“正常”。", "Something differs: the result cannot be normal.")
    if fields["exam_result"] == Result.ABNORMAL and fields["disposal"] == Disposal.RELEASE:
        return Text("查验结果异常，处理意见不能为“正常放行”。", "The result is abnormal: it is not simply released.")
    return None


FITS: dict[str, Callable[[Site, Item], Text | None]] = {
    "check_in": _arrival,
    "photo": _photo,
    "clip": _clip,
    "record": _record,
    "track": _track,
    "check_out": _departure,
}
