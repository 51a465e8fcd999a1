"""The operators of the national list: fifteen on attributes, seven on two answers, four on three; the answer is 0 or 1.

The list says “≥” alone; a cut here may go either way. Where the list gives a name without a formula (AVG, VAR, DIST, MVAR,
DIST3D, COSIM; XOR3 as “exactly one”) the reading is this project's own and stands in its sentence.
"""

from __future__ import annotations

from dataclasses import dataclass

from guanjian.kernel.words import Text

LEAST_IN_ALL = (2, 3, 4, 5, 6)
PAIRS = (4, 6, 8, 10, 12)


@dataclass(frozen=True)
class Operator:
    """One operator: how many values it takes, whether they share a unit, and what it says of them."""

    name: str
    counts: tuple[int, ...]
    says: Text
    takes: Text
    alike: bool = False
    logic: bool = False


def _attribute(name: str, counts: tuple[int, ...], takes: tuple[str, str], says: tuple[str, str], alike=False):
    return Operator(name, counts, Text(*says), Text(*takes), alike=alike)


def _logic(name: str, count: int, says: tuple[str, str]) -> Operator:
    takes = Text("两项判断" if count == 2 else "三项判断", "two conditions" if count == 2 else "three conditions")
    return Operator(name, (count,), Text(*says), takes, logic=True)


ATTRIBUTES = (
    _attribute("CMP", (1,), ("一个特征和阈值", "a feature and a cut"), ("{0}", "{0}"), alike=True),
    _attribute("DIFF", (2,), ("两个特征和阈值", "two features and a cut"), ("{0}减{1}的差", "{0} minus {1}"), alike=True),
    _attribute("MUL", (2,), ("两个特征和阈值", "two features and a cut"), ("{0}乘{1}的积", "{0} times {1}")),
    _attribute("RATIO", (2,), ("两个特征和阈值", "two features and a cut"), ("{0}与{1}之比", "the ratio of {0} to {1}")),
    _attribute("DIFFR", (2,), ("两个特征和百分比", "two features and a percentage"),
               ("{0}比{1}高出的百分比", "by how many per cent {0} exceeds {1}"), alike=True),
    _attribute("SUB", (1,), ("一个代码特征和一组代码", "a feature of codes and a set of codes"), ("{0}", "{0}")),
    _attribute("AVG", LEAST_IN_ALL, ("两至六个特征和阈值", "two to six features and a cut"),
               ("{all}的平均数", "the mean of {all}"), alike=True),
    _attribute("VAR", (2,), ("两个特征和阈值", "two features and a cut"), ("{all}的方差", "the variance of {all}"), alike=True),
    _attribute("DIST", (2, 4), ("两个数，或两点的横纵坐标，和阈值", "two numbers, or the coordinates of two points, and a cut"),
               ("{all}的距离", "the distance of {all}"), alike=True),
    _attribute("WAVG", PAIRS, ("成对的权数、特征，和阈值", "pairs of weight and feature, and a cut"),
               ("加权和（{all}）", "the weighted sum ({all})")),
    _attribute("DIFFX", (3,), ("三个特征和阈值", "three features and a cut"),
               ("{all}两两之差的绝对值之和", "the sum of the differences among {all}"), alike=True),
    _attribute("MVAR", (3, 4, 5, 6), ("三至六个特征和阈值", "three to six features and a cut"),
               ("{all}的方差", "the variance of {all}"), alike=True),
    _attribute("DIST3D", (6,), ("两点的三维坐标和阈值", "the coordinates of two points in space and a cut"),
               ("{all}两点的空间距离", "the distance in space of {all}"), alike=True),
    _attribute("PROB", (3,), ("三个比例和阈值", "three shares and a cut"),
               ("{0}、{1}、{2}连乘的概率", "the probability {0} times {1} times {2}")),
    _attribute("COSIM", PAIRS, ("两组个数相同的特征和阈值", "two groups of as many features and a cut"),
               ("前后两组（{all}）结构的余弦相似度", "the cosine similarity of the two halves of {all}")),
)  # fmt: skip
LOGIC = (
    _logic("AND", 2, ("{0}，并且{1}", "{0}, and {1}")),
    _logic("OR", 2, ("{0}，或者{1}", "{0}, or {1}")),
    _logic("XOR", 2, ("{0}、{1}两项恰有一项成立", "exactly one holds of: {0}; {1}")),
    _logic("IMP", 2, ("若{0}，则{1}", "if {0}, then {1}")),
    _logic("NAND", 2, ("{0}与{1}不同时成立", "not both: {0}; {1}")),
    _logic("NOR", 2, ("{0}与{1}都不成立", "neither {0} nor {1}")),
    _logic("XNOR", 2, ("{0}与{1}同真同假", "both or neither: {0}; {1}")),
    _logic("AND3", 3, ("{0}，并且{1}，并且{2}", "{0}, and {1}, and {2}")),
    _logic("OR3", 3, ("{0}，或者{1}，或者{2}", "{0}, or {1}, or {2}")),
    _logic("XOR3", 3, ("{0}、{1}、{2}三项恰有一项成立", "exactly one holds of: {0}; {1}; {2}")),
    _logic("IMP3", 3, ("若{0}且{1}，则{2}", "if {0} and {1}, then {2}")),
)  # fmt: skip
OPERATORS = {operator.name: operator for operator in (*ATTRIBUTES, *LOGIC)}
COMMUTES = {
    "MUL",
    "AVG",
    "VAR",
    "DIFFX",
    "MVAR",
    "PROB",
    "AND",
    "OR",
    "XOR",
    "NAND",
    "NOR",
    "XNOR",
    "AND3",
    "OR3",
    "XOR3",
}
