"""Who proposes, who consents, who appoints? The authority over posts of both lines, as dated data, as of any day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from guanjian.kernel.ranks import Line, PostLevel
from guanjian.org.models import Mandate
from guanjian.org.posts import Post

PROPOSED = "默认参数（干部管理权限），待本单位核定 · proposed default"
LEADERS = (Post.HOUSE_LEADER, Post.LEADER, Post.POLICE_LEADER)
LEVELS = tuple(level.value for level in PostLevel)
HIGH = LEVELS[: LEVELS.index(PostLevel.DIVISION)]
LOWER = LEVELS[len(HIGH) :]
LETS_GO = {Line.CUSTOMS.value: Post.LEADER, Line.POLICE.value: Post.POLICE_LEADER}


@dataclass(frozen=True)
class Authority:
    """Over leaders' posts, or the others, of one line and these levels.

    `over`: personnel of the level above proposes; `above`: the level above appoints.
    """

    line: str
    leaders: bool
    levels: tuple[str, ...]
    over: bool
    consents: str
    appoints: str
    above: bool
    since: date | None = None
    source: str = PROPOSED

    def covers(self, line: str, post: str, level: str) -> bool:
        """True for this post of this line at this level."""
        return self.line == line and self.leaders == (post in LEADERS) and level in self.levels


SHIPPED = (
    Authority(Line.CUSTOMS, False, LOWER, False, Post.HOUSE_LEADER, Post.LEADER, False),
    Authority(Line.CUSTOMS, True, LOWER, True, Post.HOUSE_LEADER, Post.LEADER, False),
    Authority(Line.CUSTOMS, False, HIGH, True, Post.LEADER, Post.LEADER, True),
    Authority(Line.CUSTOMS, True, HIGH, True, Post.LEADER, Post.LEADER, True),
    # 双重领导，公安部为主：缉私警察干部由上一级缉私局任命；缉私局领导任职须征得同级海关同意
    Authority(Line.POLICE, False, LEVELS, False, Post.POLICE_LEADER, Post.POLICE_LEADER, True),
    Authority(Line.POLICE, True, LEVELS, True, Post.LEADER, Post.POLICE_LEADER, True),
)


def authority(line: str, post: str, level: str, day: date) -> Authority:
    """What holds on this day for this post of this line at this level."""
    return next(one for one in (*_decided(day), *SHIPPED) if one.covers(line, post, level))


def in_force(day: date) -> list[Authority]:
    """The whole table as of a day: each row with the levels for which no newer one speaks."""
    rows, spoken, found = (*_decided(day), *SHIPPED), set(), []
    for one in rows:
        left = tuple(level for level in one.levels if (one.line, one.leaders, level) not in spoken)
        spoken |= {(one.line, one.leaders, level) for level in left}
        if left:
            found.append(Authority(**{**vars(one), "levels": left}))
    return sorted(found, key=lambda one: (one.line, not one.leaders, LEVELS.index(one.levels[0])))


def _decided(day: date) -> list[Authority]:
    """What two administrators have entered and confirmed, the newest in force first."""
    rows = Mandate.objects.filter(since__lte=day).exclude(confirmed_by="").order_by("-since", "-pk")
    return [
        Authority(
            row.line,
            row.leaders,
            tuple(row.levels),
            row.over,
            row.consents,
            row.appoints,
            row.above,
            row.since,
            row.source,
        )
        for row in rows
    ]
