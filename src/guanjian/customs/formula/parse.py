"""Reading a formula: a small parser of our own; what it does not know it refuses, with the place and what to change."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from guanjian.customs.formula.operators import OPERATORS, Operator
from guanjian.customs.formula.tree import Call, Cut, Feature, Number, Parameter, Value, Where, Words
from guanjian.customs.formula.trouble import FormulaError, shortened, unknown
from guanjian.kernel.words import Text

LONGEST, DEEPEST = 2000, 8
WIDE = str.maketrans("（），、｛｝［］＠％＞＜＝－　；：“”‘’", "(),,{}[]@%><=- ;:\"\"''")
ALIKE = {">=": "≥", "≧": "≥", "<=": "≤", "≦": "≤", "!=": "≠", "<>": "≠", "==": "="}
TIMES = {"万": 10_000, "亿": 100_000_000}
TOKEN = re.compile(
    r"(?P<space>\s+)"
    r"|(?P<feature>[^\W\d_]\w*-\w+-\w+)"
    r"|(?P<number>-?\d+(?:\.\d+)?(?![\w.])|-?\d+(?:\.\d+)?(?=[万亿](?!\w)))"
    r"|(?P<word>\w+)"
    r"|(?P<direction>>=|<=|!=|<>|==|[≥≧>≤≦<=≠⊆⊄])"
    r"|(?P<mark>[(),{}\[\]@%])"
)
OPERATOR = Text("算子", "operator")


@dataclass(frozen=True)
class Token:
    """One piece of the text and where it begins."""

    kind: str
    text: str
    place: int


def tokens(text: str) -> list[Token]:
    """The pieces of a formula; full-width marks are read as the plain ones."""
    if len(text) > LONGEST:
        raise FormulaError(LONGEST, f"公式过长，请压缩到{LONGEST}字以内。", f"too long: at most {LONGEST} characters.")
    plain, found, place = text.translate(WIDE), [], 0
    while place < len(plain):
        match = TOKEN.match(plain, place)
        if match is None:
            raise _stray(plain, place)
        if match.lastgroup != "space":
            found.append(Token(match.lastgroup, ALIKE.get(match[0], match[0]), place))
        place = match.end()
    return [*found, Token("end", "", len(plain))]


def _stray(text: str, place: int) -> FormulaError:
    sign = text[place]
    return FormulaError(
        place,
        f"不认识“{sign}”，请删去，或改用逗号、括号和≥、<等符号。",
        f"“{sign}” is not understood: remove it, or use commas, brackets and signs such as ≥ and <.",
    )


def parse(text: str) -> Call:
    """The tree of a formula; `FormulaError` with one sentence otherwise."""
    reader = _Reader(tokens(text))
    if reader.now.kind == "end":
        raise FormulaError(
            0,
            "还没有写公式，例如 CMP(事-企业-查验批次, 20)。",
            "nothing is written; for example CMP(事-企业-查验批次, 20).",
        )
    call = reader.call(1)
    reader.expect_end()
    return call


class _Reader:
    def __init__(self, found: list[Token]) -> None:
        self.tokens, self.at = found, 0

    @property
    def now(self) -> Token:
        return self.tokens[self.at]

    def take(self) -> Token:
        token = self.now
        self.at += token.kind != "end"
        return token

    def sees(self, mark: str) -> bool:
        return self.now.kind in ("mark", "direction") and self.now.text == mark

    def mark(self, mark: str, after: str) -> None:
        if not self.sees(mark):
            raise self.wanted(f"“{mark}”", f"“{mark}”", after)
        self.take()

    def wanted(self, zh: str, en: str, after: str = "") -> FormulaError:
        got = f"“{shortened(self.now.text)}”" if self.now.text else "末尾"
        got_en = f"“{shortened(self.now.text)}”" if self.now.text else "the end"
        where, where_en = (f"“{shortened(after)}”之后", f"after “{shortened(after)}” ") if after else ("", "")
        return FormulaError(
            self.now.place, f"{where}应为{zh}，现为{got}，请改正。", f"{where_en}there must be {en}, not {got_en}."
        )

    def expect_end(self) -> None:
        if self.now.kind != "end":
            rest = shortened(self.now.text)
            raise FormulaError(
                self.now.place,
                f"公式到此已完整，多出“{rest}”；几项判断请用 AND( , ) 或 OR( , ) 合为一项。",
                f"the formula is complete before “{rest}”; join conditions with AND( , ) or OR( , ).",
            )

    def call(self, depth: int) -> Call:
        token = self.take()
        name = token.text.upper()
        if token.kind != "word":
            raise FormulaError(
                token.place,
                f"应先写算子，如 CMP(…)、RATIO(…)、AND(…)，现为“{shortened(token.text)}”。",
                f"an operator comes first, such as CMP(…), RATIO(…) or AND(…), not “{shortened(token.text)}”.",
            )
        if name not in OPERATORS:
            raise unknown(token.place, OPERATOR, name, OPERATORS)
        if depth > DEEPEST:
            raise FormulaError(
                token.place,
                f"嵌套超过{DEEPEST}层，请拆成几个指标。",
                f"nested deeper than {DEEPEST}: make several indicators of it.",
            )
        operator = OPERATORS[name]
        self.mark("(", name)
        return self.logic(operator, token, depth) if operator.logic else self.attribute(operator, token)

    def logic(self, operator: Operator, token: Token, depth: int) -> Call:
        inner = [self.call(depth + 1)]
        while self.sees(","):
            self.take()
            inner.append(self.call(depth + 1))
        self.mark(")", str(inner[-1]))
        if len(inner) not in operator.counts:
            raise self.count(operator, token, len(inner))
        return Call(operator.name, tuple(inner), place=token.place)

    def attribute(self, operator: Operator, token: Token) -> Call:
        given: list[Value] = []
        while True:
            direction = self.take() if self.now.kind == "direction" else None
            given.append(self.value())
            if direction or not self.sees(","):
                break
            self.take()
        self.mark(")", str(given[-1]))
        *values, last = given
        if len(values) not in operator.counts:
            raise self.count(operator, token, len(values))
        usual = "⊆" if operator.name == "SUB" else "≥"
        cut = Cut(direction.text if direction else usual, last, direction.place if direction else last.place)
        return Call(operator.name, tuple(values), cut, token.place)

    @staticmethod
    def count(operator: Operator, token: Token, given: int) -> FormulaError:
        zh = f"{operator.name} 需要{operator.takes.zh}，现在除阈值外有{given}项，请增减。"
        if operator.logic:
            zh = f"{operator.name} 需要{operator.takes.zh}，现有{given}项，请增减。"
        return FormulaError(
            token.place, zh, f"{operator.name} takes {operator.takes.en}; there are {given}: add or remove."
        )

    def value(self) -> Value:
        token = self.take()
        if token.kind == "number":
            return self.number(token)
        if token.kind == "feature":
            return self.feature(token)
        if token.kind == "mark" and token.text == "{":
            return self.words(token)
        if token.kind == "word" and self.sees("("):
            raise FormulaError(
                token.place,
                f"“{shortened(token.text)}”的结果只有0和1，不能当数值用；请用特征、数字或参数名。",
                f"“{shortened(token.text)}” gives only 0 or 1: use a feature, a number or the name of a parameter.",
            )
        if token.kind == "word":
            return Parameter(token.text, token.place)
        self.at -= token.kind != "end"
        raise self.wanted("特征（维度-对象-特征）、数字、参数名或{代码}", "a feature, a number, a parameter or {codes}")

    def number(self, token: Token) -> Number:
        value = Decimal(token.text)
        if self.now.kind == "word" and self.now.text in TIMES:
            value *= TIMES[self.take().text]
        percent = self.sees("%")
        if percent:
            self.take()
        return Number(value, percent, token.place)

    def words(self, start: Token) -> Words:
        found = [self.word("{")]
        while self.sees(","):
            self.take()
            found.append(self.word(","))
        self.mark("}", found[-1])
        return Words(tuple(found), start.place)

    def word(self, after: str) -> str:
        if self.now.kind not in ("word", "number"):
            raise self.wanted("代码或名称", "a code or a name", after)
        return self.take().text

    def feature(self, token: Token) -> Feature:
        dimension, subject, name = token.text.split("-", 2)
        where: list[Where] = []
        if self.sees("["):
            self.take()
            where.append(self.where())
            while self.sees(","):
                self.take()
                where.append(self.where())
            self.mark("]", str(where[-1]))
        at = ""
        if self.sees("@"):
            self.take()
            at = self.word("@")
        return Feature(dimension, subject, name, tuple(where), at, token.place)

    def where(self) -> Where:
        start = self.now
        name = self.word("[")
        if self.now.kind != "direction":
            raise self.wanted("=、≠、≥或<", "=, ≠, ≥ or <", name)
        direction = self.take().text
        return Where(name, direction, self.word(direction), start.place)
