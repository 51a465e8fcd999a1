"""The desk of 干部交流, and the workload of districts that a director of personnel looks at."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from guanjian.kernel import ranks
from guanjian.kernel.errors import NotFound
from guanjian.kernel.words import Text
from guanjian.lenses.workload import Weights, workload
from guanjian.loops.posting.actions import open_by_hand
from guanjian.loops.posting.models import Posting
from guanjian.loops.posting.needs import Mode, Serving
from guanjian.moving.beside import beside
from guanjian.org.actor import Actor
from guanjian.org.authority import authority
from guanjian.org.models import Parameter
from guanjian.org.posts import Post
from guanjian.pages import names
from guanjian.pages.desk import Column, Desk, Row, Section, register

PLACE = Text("{unit} · {post}", "{unit}, {post}")
RANK = Text("{name}（序号{n}）", "{name}")
BAND = Text("{high} 至 {low}", "{high} to {low}")
PERSONNEL = Text("人事部门", "Personnel")
ABOVE, HERE = Text("{post}（上一级）", "{post}, at the level above"), Text("{post}", "{post}")
WAITS = Text(
    "任职文件已下，由安全管理员在“账号与任职”中登记新任、免去原任；登记后本件自动办结，本页不能代办。",
    "The security administrator enters the new post and ends the old; then this is done by itself, never from here.",
)


def _kept(*rows: Row) -> list[Row]:
    return [row for row in rows if row.value not in ("", None, [])]


def _place(unit: str, post: str) -> Text | str:
    return PLACE.filled(unit=names.unit(unit), post=Serving(post).label) if unit and post else ""


def _who(one: Posting, actor: Actor) -> list[Row]:
    return _kept(
        Row(Text("人员", "Person"), one.subject_id, "person"),
        Row(Text("交流方式", "Kind"), Mode(one.mode).label),
        Row(Text("缘由", "Occasion"), one.why),
        Row(Text("应轮岗日期", "To be rotated by"), one.rotate_by, "when"),
        Row(Text("本单位意见", "Advice of the unit"), one.facts.get("advise", {}).get("opinion", "")),
        Row(Text("现任", "Serves"), _place(one.from_unit, one.from_post)),
        Row(Text("拟任", "Goes to"), _place(one.to_unit, one.to_post)),
        Row(Text("职务层次", "Level"), ranks.PostLevel(one.to_level).label if one.to_level else ""),
        Row(Text("任职日期", "From"), one.starts_on, "when"),
        Row(Text("挂职截止", "Until"), one.ends_on, "when"),
    )


def _rank(one: Posting, actor: Actor) -> list[Row]:
    """Only where he changes between customs and police."""
    if not one.new_rank:
        return []
    limits = {"high": one.band_high, "low": one.band_low}
    return _kept(
        Row(Text("现衔级", "Present rank"), _name(one.from_line, one.present_rank)),
        Row(Text("拟授衔级", "Rank to be awarded"), _name(one.to_line, one.new_rank)),
        Row(Text("编制衔级幅度", "Band of the post"),
            BAND.filled(**{side: ranks.name_of(one.to_line, rank) for side, rank in limits.items()})),
        Row(Text("审批层级", "Approved by"), one.rank_approver),
        Row(Text("依据", "By"), one.band_source),
    )  # fmt: skip


def _name(line: str, rank: int) -> Text:
    return RANK.filled(name=ranks.name_of(line, rank), n=rank)


def _authority(one: Posting, actor: Actor) -> list[Row]:
    if not (one.appoints and one.to_level):
        return []
    above = ABOVE if one.by_above else HERE
    held = authority(one.to_line, one.to_post, one.to_level, one.starts_on)
    return _kept(
        Row(Text("提名", "Proposes"), (ABOVE if held.over else HERE).filled(post=PERSONNEL)),
        Row(Text("调出一方", "Lets go"), Post(one.lets_go).label if one.lets_go else ""),
        Row(Text("接收一方", "Consents"), Post(one.consents).label if one.consents else ""),
        Row(Text("任命", "Appoints"), above.filled(post=Post(one.appoints).label)),
        Row(Text("管理权限依据", "By"), one.authority_source),
        Row(Text("任职文号", "Order"), one.order_no),
        Row(Text("岗位登记", "Entering the post"), WAITS if one.state == "appointed" else ""),
    )


DESK = register(
    Desk(
        Posting,
        Text("转任、调任、挂职、轮岗和关警交流：提名、廉洁审查、同意、任命各由不同的人；关衔警衔互转按法定幅度重新授予。",
             "Transfers, attachments, rotations, and between customs and police: proposed, cleared and decided by different people."),
        columns=(
            Column(Text("人员", "Person"), "subject_id", "person"),
            Column(Text("方式", "Kind"), lambda one: Mode(one.mode).label),
            Column(Text("拟任单位", "To"), "to_unit", "unit"),
        ),
        sections=(
            Section(Text("任职方案", "Proposal"), _who),
            Section(Text("衔级转换", "Conversion of rank"), _rank),
            Section(Text("管理权限", "Authority"), _authority),
        ),
        related=beside,
        begin=open_by_hand,
    )
)  # fmt: skip


@require_GET
def workloads(request: HttpRequest) -> HttpResponse:
    """关区办案工作量: the class of each district within reach, and how it is made up."""
    if not request.actor.holds(*DESK.model.FLOW.posts):
        raise NotFound("没有这一页，或不在您的可见范围内。", "There is no such page, or it is not within your reach.")
    day = timezone.localdate()
    row = Parameter.objects.filter(code="workload.weights", since__lte=day).order_by("-since").first()
    weights = Weights.read(row.value if row else {})
    try:
        found = workload(request.actor, settings.GUANJIAN_LAKE, day, weights)
    except NotFound:
        found = []
    shown = [(names.unit(one.district_code), one, one.value_cny / 10_000) for one in found]
    context = {"found": shown, "weights": weights, "source": row.source if row else "", "desk": DESK}
    return render(request, "posting/workload.html", context)
