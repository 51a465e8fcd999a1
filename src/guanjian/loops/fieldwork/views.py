"""The desk of 外勤作业: the plan, who was where by both clocks, the record beside its generated text, the evidence."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse
from django.utils import timezone

from guanjian.kernel.words import Text
from guanjian.loops.fieldwork import evidence
from guanjian.loops.fieldwork.actions import plan
from guanjian.loops.fieldwork.codes import Agreement, Disposal, Element, Kind, Packing, Photo, Result
from guanjian.loops.fieldwork.models import Fieldwork
from guanjian.loops.fieldwork.wording import text_of
from guanjian.moving.beside import beside
from guanjian.org.actor import Actor
from guanjian.org.posts import Post
from guanjian.pages import names
from guanjian.pages.desk import Column, Desk, Row, Section, register

MAY_SEE_TRACKS = (Post.SECTION_CHIEF, Post.HOUSE_LEADER, Post.OVERSIGHT)


def _planned(job: Fieldwork, actor: Actor) -> list[Row]:
    here = actor.person_id in job.officers and not job.is_closed
    site = (
        Text("打开现场页面（可离线）", "Open the page on site (works offline)"),
        reverse("fieldwork:site", args=[job.pk]),
    )
    return [
        Row(Text("作业类型", "Kind of work"), Kind(job.kind).label),
        Row(Text("作业对象", "About"), job, "subject"),
        Row(Text("作业地点", "Place"), f"{job.place}（{job.place_lon:.5f}, {job.place_lat:.5f}）"),
        Row(Text("计划时间", "Planned"), job.planned_start, "when"),
        Row(Text("至", "Until"), job.planned_end, "when"),
        Row(Text("作业人员", "Officers"), job.first_officer, "person"),
        Row(Text("作业人员", "Officers"), job.second_officer, "person"),
        *([Row(Text("现场", "On site"), site, "link")] if here else []),
    ]  # fmt: skip


def _presence(job: Fieldwork, actor: Actor) -> list[Row]:
    """Both clocks side by side: the device's own, and when the server received it."""
    rows = []
    for deed in (*job.site.done("check_in"), *job.site.done("check_out")):
        who, lon_lat = names.person(deed.officer), "{:.5f}, {:.5f}".format(*deed.place)
        title = Text("签到", "Checked in") if deed.item.deed == "check_in" else Text("签退", "Checked out")
        said = Text("{who}　设备 {at}　服务器收到 {got}　{place}", "{who}  device {at}  received {got}  {place}")
        at, got = (f"{moment:%m-%d %H:%M:%S}" for moment in map(_local, (deed.item.at, deed.received_at)))
        rows.append(Row(title, said.filled(who=who, at=at, got=got, place=lon_lat)))
    return rows


def _local(moment: datetime) -> datetime:
    return timezone.localtime(moment)


def _evidence(job: Fieldwork, actor: Actor) -> list[Row]:
    missing = set(job.missing_photos())
    shown = [_photo(job, deed.item.facts, missing) for deed in job.site.photos]
    clips = [_clip(deed.item.facts) for deed in job.site.done("clip")]
    tracks = [_track(job, deed.item.facts) for deed in job.site.done("track")] if actor.holds(*MAY_SEE_TRACKS) else []
    rows = [
        Row(Text("照片（SHA-256前12位）", "Photos (head of SHA-256)"), shown, "links"),
        Row(Text("录像片段", "Clips"), clips, "list"),
        Row(Text("轨迹", "Tracks"), tracks, "links"),
    ]
    return [row for row in rows if row.value]


def _photo(job: Fieldwork, facts: dict, missing: set[str]) -> tuple[str, str]:
    name = f"{Photo(facts['shows']).label} {facts['hash'][:12]}"
    if facts["hash"] in missing:
        return str(Text("{name}（未上传）", "{name} (not uploaded)").filled(name=name)), ""
    return name, _file(job, facts["hash"])


def _track(job: Fieldwork, facts: dict) -> tuple[str, str]:
    here = evidence.path_of(facts["hash"]).exists()
    said = (
        Text("{n}点", "{n} points") if here else Text("{n}点（已封存或未上传）", "{n} points (sealed, or not uploaded)")
    )
    return str(said.filled(n=facts["count"])), _file(job, facts["hash"]) if here else ""


def _file(job: Fieldwork, digest: str) -> str:
    return reverse("fieldwork:file", args=[job.pk, digest])


def _clip(facts: dict) -> str:
    return f"{facts['camera']} {facts['from'][:19]} – {facts['to'][11:19]} {facts['hash'][:12]}"


def _record(job: Fieldwork, actor: Actor) -> list[Row]:
    record = job.site.record
    if not record:
        return []
    made = text_of(record)
    differing = (
        []
        if made == record["notes"]
        else [Row(Text("按字段生成的文字（已被修改）", "As made from the fields (edited)"), made, "prose")]
    )
    goods = [_compared(row) for row in record["goods"]]
    rows = [
        Row(Text("查验过程记录", "Record"), record["notes"], "prose"),
        *differing,
        Row(Text("查验地点", "Place"), record["exam_addr"]),
        Row(Text("货物包装", "Packing"), Packing(record["packing"]).label),
        Row(Text("随附单据", "Papers"), [f"{row['paper']} × {row['count']}" for row in record["papers"]], "list"),
        Row(Text("货物核对（申报 → 实际）", "Goods (declared → real)"), goods, "list"),
        Row(Text("陪同人员", "Accompanied by"), record["companion"]),
        Row(Text("查验结果", "Result"), Result(record["exam_result"]).label),
        Row(Text("处理意见", "Disposal"), Disposal(record["disposal"]).label),
        Row(Text("其他情况", "Other"), record["other"]),
    ]
    return [row for row in rows if row.value not in ("", [])]


def _compared(row: dict) -> str:
    agreement, element = Agreement(row["agreement"]).label, Element(row["element"]).label
    return f"№{row['g_no']} {element}　{row['declared']} → {row['real']}　{agreement}"


DESK = register(
    Desk(
        Fieldwork,
        Text("外出作业两人同行：各自在现场签到，记录、照片、录像、轨迹由设备逐条签名，断网照常，联网补传；科长审批。",
             "Work outside the office, by two: each checks in on site; what their devices record is signed item by item, offline too."),
        columns=(
            Column(Text("地点", "Place"), "place"),
            Column(Text("计划开始", "Planned start"), "planned_start", "when"),
        ),
        sections=(
            Section(Text("计划", "The plan"), _planned),
            Section(Text("到场与离场", "Presence"), _presence),
            Section(Text("查验记录", "Record"), _record),
            Section(Text("证据", "Evidence"), _evidence),
        ),
        related=beside,
        begin=plan,
        search_fields=("title", "subject_id", "place"),
    )
)  # fmt: skip
