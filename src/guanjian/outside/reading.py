"""How is a row of another system read? Each field by its need, into a finding, or refused with the sentence that says why."""

from __future__ import annotations

import json
import math
import re
from typing import Any

from guanjian.kernel.errors import BadInput
from guanjian.kernel.needs import Need
from guanjian.kernel.papers import Finding, Level, Subject
from guanjian.kernel.words import Names, Text
from guanjian.outside.models import System

LARGEST = 16_000  # characters of one row's evidence
MOST_FACTS = 40
OWN_CODE, PERIOD = re.compile(r"[A-Z0-9]{1,6}"), re.compile(r"[0-9A-Z][0-9A-Z/-]{3,23}")
EVIDENCE_NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")
RESERVED = frozenset({"rows_count", "facts", "parameters", "months", "detector_zh", "detector_en", "explanation_en"})


class About(Names):
    """What another system may post about: never a person. What concerns people is reported to oversight, not posted."""

    ENTRY = "entry", "报关单", "Declaration"
    ITEM = "item", "商品项", "Goods item"
    ENTERPRISE = "enterprise", "企业", "Enterprise"
    UNIT = "unit", "单位", "Unit"
    CASE = "case", "案件", "Case"
    RULE = "rule", "制度", "Rule"
    CLUSTER = "cluster", "风险聚集", "Cluster"


FIELDS = (
    Need("id", Text("本系统编号", "Your own number")),
    Need("code", Text("检测点代码（1至6位大写字母或数字）", "Code of the check (1 to 6 capitals or digits)")),
    Need("title", Text("检测点名称", "Name of the check")),
    Need("title_en", Text("检测点英文名称", "Name of the check in English"), required=False),
    Need("unit_code", Text("单位代码", "Unit code")),
    Need("line_code", Text("业务条线", "Business line"), required=False),
    Need("subject_type", Text("对象类型", "Kind of subject"), "choice", About),
    Need("subject_id", Text("对象编号", "Number of the subject")),
    Need("period", Text("期间（如2026-09、2026-Q3）", "Period (such as 2026-09, 2026-Q3)")),
    Need("level", Text("级别", "Level"), "choice", Level),
    Need("explanation", Text("说明", "Explanation"), "text", min_length=5, max_length=2000),
    Need("explanation_en", Text("英文说明", "Explanation in English"), "text", required=False, max_length=2000),
)
LONGEST = {"id": 80, "subject_id": 80, "title": 60, "title_en": 80, "line_code": 16}


def read(system: System, row: Any) -> tuple[str, Finding]:
    """The system's own number and the finding, or `BadInput` with the sentence for this row."""
    if not isinstance(row, dict):
        raise BadInput("每条线索应为一个对象。", "Each finding must be an object.")
    if unknown := sorted(set(row) - {need.name for need in FIELDS} - {"score", "p_value", "q_value", "evidence"}):
        said = "、".join(str(one)[:40] for one in unknown[:5])
        raise BadInput(f"不认识的字段：{said}。", f"Unknown fields: {said}.")
    facts = {need.name: need.read(_plain(need, row.get(need.name))) for need in FIELDS}
    for name, most in LONGEST.items():
        if len(facts[name]) > most:
            raise BadInput(f"{name} 不能超过{most}字。", f"{name} cannot be longer than {most} characters.")
    if not OWN_CODE.fullmatch(facts["code"]) or not PERIOD.fullmatch(facts["period"]):
        raise BadInput("检测点代码或期间的写法有误。", "The code of the check, or the period, is not written as told.")
    if system.lines and facts["line_code"] not in system.lines:
        raise BadInput("本系统未获准报送这一业务条线。", "This system may not post on this business line.")
    return facts["id"], _finding(system, row, facts)


def _plain(need: Need, value: Any) -> str:
    """A text; anything else is not quietly turned into one."""
    if value is None:
        return ""
    if not isinstance(value, str) or "\x00" in value:
        raise BadInput(Text("“{label}”应为文字。", "“{label}” must be a text.").filled(label=need.label))
    return value


def _finding(system: System, row: dict, facts: dict[str, str]) -> Finding:
    same = ("unit_code", "line_code", "subject_id", "period", "explanation")
    name = facts["title_en"] or facts["title"]
    evidence = evidence_of(row.get("evidence", {})) | {
        "detector_zh": f"{facts['title']}（{system.name_zh}报送）",
        "detector_en": f"{name} (posted by {system.name_en})",
    }
    if facts["explanation_en"]:
        evidence["explanation_en"] = facts["explanation_en"]
    return Finding(
        code=f"EXT-{system.code}-{facts['code']}",
        subject_type=Subject(facts["subject_type"]),
        level=Level(facts["level"]),
        score=number("score", row.get("score"), most=1e12),
        p_value=_share("p_value", row),
        q_value=_share("q_value", row),
        run_id=system.person_id,
        evidence=evidence,
        **{name: facts[name] for name in same},
    )


def number(name: str, value: Any, most: float) -> float:
    """A finite number from 0 to `most`."""
    if (
        isinstance(value, bool)
        or not isinstance(value, (int, float))
        or not math.isfinite(value)
        or not 0 <= value <= most
    ):
        raise BadInput(f"{name} 应为0至{most:g}的数。", f"{name} must be a number from 0 to {most:g}.")
    return float(value)


def _share(name: str, row: dict) -> float | None:
    return None if row.get(name) is None else number(name, row[name], most=1)


def evidence_of(given: Any) -> dict[str, Any]:
    """Names with a text, a whole number or yes/no each; `rows` names the papers behind it. Amounts are texts."""
    if not isinstance(given, dict) or len(given) > MOST_FACTS or len(json.dumps(given, default=str)) > LARGEST:
        raise BadInput("证据应为不超过40项、1.6万字的对象。", "The evidence must be an object of at most 40 entries.")
    for name, value in given.items():
        if name in RESERVED or not EVIDENCE_NAME.fullmatch(name):
            raise BadInput(f"证据名“{name[:40]}”不能使用。", f"Evidence cannot be named “{name[:40]}”.")
        listed = value if name == "rows" and isinstance(value, list) else [value]
        if not all(_simple(one) for one in listed) or (name == "rows" and listed is not value):
            raise BadInput(
                f"证据“{name}”应为文字、整数或是否。", f"Evidence “{name}” must be a text, a whole number or yes/no."
            )
    return dict(given)


def _simple(value: Any) -> bool:
    if isinstance(value, str):
        return "\x00" not in value
    return isinstance(value, bool) or (isinstance(value, int) and abs(value) < 2**53)
