"""What forbids a step of a posting: the band of the rank, the days, the authority; each condition in one function."""

from __future__ import annotations

from datetime import date, datetime

from guanjian.kernel import ranks
from guanjian.kernel.words import Text
from guanjian.kernel.workdays import CHINA
from guanjian.loops.posting.needs import POLICE, Mode


def today() -> date:
    """The day in China."""
    return datetime.now(CHINA).date()


def fits(record, facts) -> Text | None:
    """A unit of this territory, a post of its line, days in order, a rank where the line changes and only there."""
    line = record.line_at(facts["to_unit"])
    if line is None:
        return Text("拟任单位不存在，或不在本件所在关区。", "There is no such unit in this district.")
    if (facts["to_post"] in POLICE) != (line == ranks.Line.POLICE):
        return Text(
            "岗位与单位不符：缉私岗位在缉私局，海关岗位在海关。", "Police posts are in a bureau, the others are not."
        )
    return _elsewhere(record, facts) or _days(record, facts) or _rank(record, facts, line)


def _elsewhere(record, facts) -> Text | None:
    moves = record.mode in (Mode.ROTATE, Mode.ATTACH)
    if moves and (facts["to_unit"], facts["to_post"]) == (record.from_unit, record.from_post):
        return Text("轮岗、挂职须换单位或者换岗位。", "A rotation or an attachment changes the unit or the post.")
    return None


def _days(record, facts) -> Text | None:
    starts, ends = date.fromisoformat(facts["starts_on"]), facts["ends_on"]
    if starts <= today():
        return Text("任职日期须在今天之后。", "It begins on a day ahead.")
    if (record.mode == Mode.ATTACH) != bool(ends):
        return Text("挂职须填截止日期，其他方式不填。", "An attachment has a last day; nothing else has.")
    if ends and date.fromisoformat(ends) <= starts:
        return Text("截止日期须在任职日期之后。", "It ends after it begins.")
    return None


def _rank(record, facts, line: str) -> Text | None:
    """Customs and police ranks are not kept: what is awarded is the nearest to the present one within the band."""
    present, new = facts["present_rank"], facts["new_rank"]
    if line == record.from_line or record.mode == Mode.ATTACH:
        if present or new:
            return Text("不跨关警，或挂职的，不涉及衔级转换，衔级不填。", "No change of line: no rank is given.")
        return None
    if not (present and new and 1 <= int(present) <= ranks.LOWEST):
        return Text(
            "关警互转须填现衔级和拟授衔级（1至13）。", "A change of line needs the present rank and the new one."
        )
    day, level = date.fromisoformat(facts["starts_on"]), facts["to_level"]
    highest, lowest = ranks.band(line, level, day)
    if not highest <= int(new) <= lowest:
        return Text(
            "拟授{rank}不在“{level}”的编制衔级幅度内（{high}至{low}，{law}）。",
            "Rank {rank} is outside the band of “{level}” ({high} to {low}, {law}).",
        ).filled(
            rank=new, level=ranks.PostLevel(level).label, high=ranks.name_of(line, highest),
            low=ranks.name_of(line, lowest), law=ranks.law_of(line, day).source,
        )  # fmt: skip
    wanted = ranks.converted(int(present), line, level, day)
    if int(new) != wanted:
        return Text(
            "按现衔级和幅度，应拟授{rank}（序号{n}）。", "By the present rank and the band it is {rank} ({n})."
        ).filled(rank=ranks.name_of(line, wanted), n=wanted)
    return None


def let_go(record) -> Text | None:
    """Who changes lines is let go by the line that he leaves, before the other takes him."""
    if record.crosses and not record.released:
        return Text("关警互转须先经调出一方同意。", "The line that he leaves lets him go first.")
    return None


def has_to_be_let_go(record) -> Text | None:
    """Only a change of lines, and once."""
    if not record.crosses:
        return Text("不跨关警，不需调出一方另行同意。", "No change of lines: nobody has to let him go.")
    return Text("调出一方已同意。", "He was let go.") if record.released else None


def decided_here(record) -> Text | None:
    """What the authority table leaves to this level."""
    return Text("按干部管理权限，由上一级任命。", "It is for the level above to decide.") if record.by_above else None


def decided_above(record) -> Text | None:
    """What the authority table keeps for the level above."""
    return None if record.by_above else Text("按干部管理权限，由本级任命。", "It is for this level to decide.")


def holds_it(record) -> Text | None:
    """The security administrator has entered the post, and ended the former one: nothing here does it for him."""
    if not record.holds_new():
        return Text("安全管理员尚未按任职文件登记岗位。", "The security administrator has not entered the post yet.")
    if record.holds_old():
        return Text("原岗位尚未免去。", "The former post has not been ended yet.")
    return None
