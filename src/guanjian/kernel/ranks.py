"""Customs and police ranks: their tables as dated data with the legal source, and what one line's rank becomes in the other."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from guanjian.kernel.words import Names, Text


class Line(Names):
    """On whose establishment somebody serves."""

    CUSTOMS = "customs", "关员", "Customs officer"
    POLICE = "police", "缉私警察", "Anti-smuggling police"


class PostLevel(Names):
    """The level of a post, the highest first."""

    MINISTRY = "ministry", "署（部）级正职", "Ministry, head"
    MINISTRY_DEPUTY = "ministry_deputy", "署（部）级副职", "Ministry, deputy"
    BUREAU = "bureau", "厅局级正职", "Bureau, head"
    BUREAU_DEPUTY = "bureau_deputy", "厅局级副职", "Bureau, deputy"
    DIVISION = "division", "处级正职", "Division, head"
    DIVISION_DEPUTY = "division_deputy", "处级副职", "Division, deputy"
    SECTION = "section", "科级正职", "Section, head"
    SECTION_DEPUTY = "section_deputy", "科级副职", "Section, deputy"
    STAFF = "staff", "科员（警长）职", "Staff"
    CLERK = "clerk", "办事员（警员）职", "Clerk"


LOWEST = 13
NAMES = {
    Line.CUSTOMS: ("海关总监", "海关副总监", "一级关务监督", "二级关务监督", "三级关务监督", "一级关务督察", "二级关务督察",
                   "三级关务督察", "一级关务督办", "二级关务督办", "三级关务督办", "一级关务员", "二级关务员"),
    Line.POLICE: ("总警监", "副总警监", "一级警监", "二级警监", "三级警监", "一级警督", "二级警督", "三级警督", "一级警司",
                  "二级警司", "三级警司", "一级警员", "二级警员"),
}  # fmt: skip
ENGLISH = {Line.CUSTOMS: "customs rank {n} of 13", Line.POLICE: "police rank {n} of 13"}
Bands = dict[PostLevel, tuple[int, int]]  # by level: the highest and the lowest rank, 1 being the highest of all
UPPER: Bands = {
    PostLevel.MINISTRY: (1, 1),
    PostLevel.MINISTRY_DEPUTY: (2, 2),
    PostLevel.BUREAU: (3, 4),
    PostLevel.BUREAU_DEPUTY: (4, 5),
    PostLevel.DIVISION: (5, 7),
    PostLevel.DIVISION_DEPUTY: (6, 8),
}


@dataclass(frozen=True)
class Law:
    """The bands of one line from a day on, and who approves which ranks."""

    line: Line
    since: date
    source: str
    bands: Bands
    approvers: tuple[tuple[int, Text], ...]  # (down to this rank, who approves)


LAWS = (
    Law(
        Line.CUSTOMS,
        date(2003, 2, 28),
        "中华人民共和国海关关衔条例（2003）第七、八、十、十一、十二条",
        {**UPPER, PostLevel.SECTION: (7, 10), PostLevel.SECTION_DEPUTY: (8, 11), PostLevel.STAFF: (9, 12), PostLevel.CLERK: (10, 13)},
        (
            (4, Text("国务院总理", "Premier of the State Council")),
            (8, Text("海关总署署长", "Minister of Customs")),
            (13, Text("总署政治部主任（总署机关、派出机构）或直属海关关长", "Political director of headquarters, or head of the district")),
        ),
    ),
    Law(
        Line.POLICE,
        date(1992, 7, 1),
        "中华人民共和国人民警察警衔条例（2009修正）第七、八、十二、十三、十四条",
        {**UPPER, PostLevel.SECTION: (6, 9), PostLevel.SECTION_DEPUTY: (7, 10), PostLevel.STAFF: (8, 11), PostLevel.CLERK: (9, 13)},
        (
            (4, Text("国务院总理", "Premier of the State Council")),
            (8, Text("公安部部长", "Minister of Public Security")),
            (11, Text("省级公安厅（局）长", "Head of the provincial department")),
            (13, Text("省级公安厅（局）政治部主任", "Political director of the provincial department")),
        ),
    ),
)  # fmt: skip


def law_of(line: str, day: date) -> Law:
    """The law in force for this line on this day."""
    return max((law for law in LAWS if law.line == line and law.since <= day), key=lambda law: law.since)


def band(line: str, level: str, day: date) -> tuple[int, int]:
    """The highest and the lowest rank of a post of this level."""
    return law_of(line, day).bands[PostLevel(level)]


def converted(present: int, line: str, level: str, day: date) -> int:
    """What a rank of the other line becomes: the same ordinal, or the nearest within the band of the post decided."""
    highest, lowest = band(line, level, day)
    return min(max(present, highest), lowest)


def approver(line: str, rank: int, day: date) -> Text:
    """Who approves the award of this rank."""
    return next(who for down_to, who in law_of(line, day).approvers if rank <= down_to)


def name_of(line: str, rank: int) -> Text:
    """一级警督, with its ordinal in English."""
    return Text(NAMES[Line(line)][rank - 1], ENGLISH[Line(line)].format(n=rank))
