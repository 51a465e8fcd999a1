"""Who lets go, who consents, who decides on a post? Dated data: the shipped table, or the parameter that replaces it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from guanjian.kernel.ranks import Line, PostLevel
from guanjian.org.models import Parameter
from guanjian.org.posts import Post

CODE = "posting.authority"
PROPOSED = "默认参数（干部管理权限），待本单位核定 · proposed default"
HIGH = tuple(list(PostLevel)[: list(PostLevel).index(PostLevel.DIVISION)])


@dataclass(frozen=True)
class Authority:
    """Of posts of one line and these levels: which post lets go, consents, appoints; `above`: at the level over the unit's."""

    line: str
    levels: tuple[str, ...]
    consents: str
    appoints: str
    above: bool
    source: str = PROPOSED

    def covers(self, line: str, level: str) -> bool:
        """True for posts of this line and level."""
        return self.line == line and level in self.levels


LOWER = tuple(level.value for level in PostLevel if level not in HIGH)
UPPER = tuple(level.value for level in HIGH)
SHIPPED = (
    Authority(Line.CUSTOMS, LOWER, Post.HOUSE_LEADER, Post.LEADER, False),
    Authority(Line.CUSTOMS, UPPER, Post.LEADER, Post.LEADER, True),
    # 双重领导，公安部为主：缉私警察干部由上一级缉私局任命
    Authority(Line.POLICE, (*UPPER, *LOWER), Post.POLICE_LEADER, Post.POLICE_LEADER, True),
)
LETS_GO = {Line.CUSTOMS.value: Post.LEADER, Line.POLICE.value: Post.POLICE_LEADER}


def authority(line: str, level: str, day: date) -> Authority:
    """What holds on this day for a post of this line and level."""
    return next(one for one in (*_decided(day), *SHIPPED) if one.covers(line, level))


def _decided(day: date) -> list[Authority]:
    """The rows of the newest parameter in force."""
    row = Parameter.objects.filter(code=CODE, since__lte=day).order_by("-since").first()
    told = row.value["rows"] if row else []
    return [Authority(**{**one, "levels": tuple(one["levels"]), "source": row.source or PROPOSED}) for one in told]
