"""Why this declaration? The features that moved its chance most, in words, with their figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from guanjian.kernel.words import Text
from guanjian.targeting.features import Memory
from guanjian.targeting.relations import Relation

MOST = 5
LEAST = 0.05  # log odds; below it a feature is not worth a sentence
RATIO = {
    "unit": Text("单价", "The unit price"),
    "kg": Text("每千克价格", "The price of a kilogram"),
    "weight": Text("每单位净重", "The net weight of a unit"),
}
PLAIN = {
    "value_cny": Text("货值", "The value"),
    "net_kg": Text("净重", "The net weight"),
    "quantity": Text("数量", "The quantity"),
    "tax_rate": Text("税率", "The rate"),
    "duty": Text("涉税额", "The duty at stake"),
}
RAISES = Text("提高风险", "raises the risk")
LOWERS = Text("降低风险", "lowers the risk")


@dataclass(frozen=True, slots=True)
class Reason:
    """One feature: its value, how much it adds to the log odds, and the sentence."""

    feature: str
    value: float | None
    weight: float
    said: Text


def reasons(memory: Memory, matrix: np.ndarray, parts: np.ndarray, most: int = MOST) -> list[list[Reason]]:
    """For each row of the matrix the features with the largest part in its score; `parts` are its SHAP values."""
    names = memory.names
    order = np.argsort(-np.abs(parts[:, :-1]), axis=1)[:, :most]
    return [
        [_reason(names[column], row[column], part[column]) for column in columns if abs(part[column]) >= LEAST]
        for row, part, columns in zip(matrix, parts, order, strict=True)
    ]


def sentence(told: Sequence[Reason]) -> Text:
    """All reasons of one declaration as one line."""
    return Text("；".join(one.said.zh for one in told), "; ".join(one.said.en for one in told))


def _reason(feature: str, value: float, weight: float) -> Reason:
    way = RAISES if weight > 0 else LOWERS
    said = Text("{what}，{way}（{weight:+.2f}）", "{what}: {way} ({weight:+.2f})")
    filled = said.filled(what=_what(feature, float(value)), way=way, weight=float(weight))
    return Reason(feature, None if np.isnan(value) else float(value), float(weight), filled)


def _what(feature: str, value: float) -> Text:
    kind, _, name = feature.partition(":")
    title = Relation(tuple(name.split("*"))).title if name else Text("全部", "everybody")
    match kind:
        case "rate":
            return Text("{title}历史查获率{v:.1%}", "The rate of finds of {title} is {v:.1%}").filled(
                title=title, v=value
            )
        case "tries":
            text = Text("{title}近期查验约{v:.0f}次", "{title} was examined about {v:.0f} times lately")
            return text.filled(title=title, v=np.expm1(value))
        case "fresh" | "looks" | "sum":
            return _newest(kind, title, value)
        case "loss":
            return _loss(title, value)
        case "met":
            text = Text("{title}此前申报{v:.0f}次", "{title} was declared {v:.0f} times before")
            return text.filled(title=title, v=np.expm1(value))
        case "idle":
            return _idle(title, value)
        case "price":
            return _price(RATIO[name], value)
        case _:
            return _plain(name, value)


def _newest(kind: str, title: Text, value: float) -> Text:
    text = {
        "fresh": Text("{title}最近查获率{v:.1%}", "Of late the rate of finds of {title} is {v:.1%}"),
        "looks": Text("{title}最近查验约{v:.0f}次", "{title} was examined about {v:.0f} times of late"),
        "sum": Text(
            "{title}最近平均每次查验查出{v:,.0f}元", "Of late a look at {title} brought {v:,.0f} yuan on average"
        ),
    }[kind]
    return text.filled(title=title, v=value if kind == "fresh" else np.expm1(value))


def _loss(title: Text, value: float) -> Text:
    if np.isnan(value):
        return Text("{title}没有查获金额记录", "{title} has no amount on record").filled(title=title)
    text = Text("{title}历次查获平均漏税{v:,.0f}元", "A find of {title} meant {v:,.0f} yuan evaded on average")
    return text.filled(title=title, v=np.expm1(value))


def _idle(title: Text, value: float) -> Text:
    if np.isnan(value):
        return Text("{title}首次出现", "{title} appears for the first time").filled(title=title)
    text = Text("{title}上次申报在{v:.0f}天前", "{title} was last declared {v:.0f} days before")
    return text.filled(title=title, v=np.expm1(value))


def _price(title: Text, value: float) -> Text:
    if np.isnan(value):
        return Text("{title}无可比同行", "{title} has no peers to compare").filled(title=title)
    side = Text("高于", "above") if value >= 0 else Text("低于", "below")
    text = Text("{title}{side}同行中位{v:.1f}个稳健标准差", "{title} is {v:.1f} robust deviations {side} its peers")
    return text.filled(title=title, side=side, v=abs(value))


def _plain(name: str, value: float) -> Text:
    if np.isnan(value):
        return Text("{title}未申报", "{title} is not declared").filled(title=PLAIN[name])
    return Text("{title}{v:,.0f}", "{title} is {v:,.0f}").filled(title=PLAIN[name], v=np.expm1(value))
