"""The record's text from its fields, in the fixed wording of domain §4.7; the page on site makes the same offline."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from guanjian.kernel.words import Names
from guanjian.loops.fieldwork.codes import Disposal, Element, Manner, Met, Packing, Result, Seal

LISTS: dict[str, type[Names]] = {
    "manner": Manner,
    "packing": Packing,
    "seal": Seal,
    "met": Met,
    "element": Element,
    "result": Result,
    "disposal": Disposal,
}


def spoken() -> dict[str, dict[str, str]]:
    """The Chinese words of each list, for the page that works offline."""
    return {name: {value: label.zh for value, label in choices.choices()} for name, choices in LISTS.items()}


def text_of(fields: Mapping[str, Any]) -> str:
    """“按照查验指令实施查验：1、核对…；2、货物为…包装…”"""
    parts = [*_containers(fields), *_goods(fields), *_end(fields)]
    return "按照查验指令实施查验：" + "；".join(f"{n}、{part}" for n, part in enumerate(parts, 1)) + "。"


def _containers(fields: Mapping[str, Any]) -> list[str]:
    checked = [f"{row['container_id']}（{Seal(row['seal']).label.zh}）" for row in fields["containers"]]
    return ["核对" + ("、".join(checked) + "箱（厢）体" if checked else "车体、货物外形")]


def _goods(fields: Mapping[str, Any]) -> list[str]:
    packing = Packing(fields["packing"])
    name = fields["packing_other"] if packing == Packing.OTHER and fields["packing_other"] else packing.label.zh
    papers = "、".join(f"{row['paper']}{row['count']}份" for row in fields["papers"])
    resealed = [f"{row['container_id']}重封号{row['new_seal']}" for row in fields["containers"] if row["new_seal"]]
    return [
        f"货物为{name}包装，实施{Manner(fields['manner']).label.zh}",
        f"查验现场提交单据：{papers}",
        *(["集装箱" + "、".join(resealed)] if resealed else []),
    ]


def _end(fields: Mapping[str, Any]) -> list[str]:
    met = [f"{row['requirement']}：{Met(row['met']).label.zh}" for row in fields["requirements"]]
    result = f"查验结果{Result(fields['exam_result']).label.zh}，处理意见：{Disposal(fields['disposal']).label.zh}"
    return [*met, *[_mismatch(row) for row in fields["goods"] if row["agreement"] == "other"], result]


def _mismatch(row: Mapping[str, Any]) -> str:
    return f"第{row['g_no']}项商品{Element(row['element']).label.zh}实际为{row['real']}与申报{row['declared']}不符"
