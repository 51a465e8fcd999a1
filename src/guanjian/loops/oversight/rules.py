"""When a refusal of the other side is itself a breach: pure readings of what the clue says."""

from __future__ import annotations

import re

PACK = frozenset({"letter", "report", "goods", "opinion"})  # the papers of a whole transfer (移送规定 art. 6)
EMPTY_WORDS = re.compile(
    "经审查|经研究|我局|决定|认为|该|本案|线索|材料|证据|不足|不符合|不具备|立案|条件|标准|要求|不予|不|予|暂|现|目前|的|为|已|特此|说明|告知"
)
PAPERS_MISSING = re.compile("(材料|手续|单证|文书|资料|证件|附件|移送书|清单|鉴定)[^，。；]{0,6}(不全|不齐|不完整|不完备|缺|欠|未附|没有附)|(缺少|缺|欠缺|未附)[^，。；]{0,6}(材料|手续|单证|文书|资料|附件|移送书|清单|鉴定)")  # fmt: skip
SAYS_SOMETHING = 4  # characters beside the stock words


def says_nothing(reason: str) -> bool:
    """True for a reason made of stock words alone: “经审查不符合立案条件” says that it is so, not why."""
    left = re.sub(r"[\W\d_]+", "", EMPTY_WORDS.sub("", reason))
    return len(left) < SAYS_SOMETHING


def for_want_of_papers(reason: str) -> bool:
    """True when filing is refused because papers are missing: they are asked for, the clue is not refused (art. 180)."""
    return bool(PAPERS_MISSING.search(reason))


def returned_without_grounds(papers: list[str], was_supplemented: bool) -> bool:
    """True when the pack was whole, or was supplemented before: it is asked for once (art. 8)."""
    return was_supplemented or set(papers) >= PACK
