"""What a step asks for: the field of the form, the check of the value and the API's schema are one thing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any, Literal

from guanjian.kernel.errors import BadInput
from guanjian.kernel.words import Names, Text
from guanjian.kernel.workdays import CHINA

Kind = Literal["line", "text", "choice", "many", "money", "date", "number", "yes", "rows", "moment"]
MOST = 2**31 - 1  # what a column of whole numbers holds in every database


@dataclass(frozen=True)
class Need:
    """One fact that a step asks for. Amounts are CNY decimals; `many` is a list of lines (or of choices); dates are ISO.
    A `moment` is a date and a time, of Beijing where it names no zone.

    `rows` is a small table: one line a row, its `columns` parted by “|”. A fact that names `only` is told to these posts
    alone, wherever else the record may be read; the ledger then holds its salted hash. `shown` tells a value that nobody could read as it is stored.
    The field of a fact that is given `again` begins with what the record says already.
    """

    name: str
    label: Text
    kind: Kind = "line"
    choices: type[Names] | None = None
    required: bool = True
    help: Text | None = None
    min_length: int = 0
    max_length: int = 4000
    columns: tuple[Need, ...] = ()
    only: tuple[Names, ...] = ()
    shown: Callable[[Any], Any] | None = None
    again: bool = False

    def read(self, raw: Any) -> Any:
        """The stored (JSON-ready) value, or `BadInput` with a sentence that names the field."""
        if isinstance(raw, str):
            raw = raw.strip()
        if raw in (None, "", []) or (self.kind == "yes" and raw is False):
            return self._nothing()
        return getattr(self, f"_{self.kind}")(raw)

    def _nothing(self) -> Any:
        if self.required:
            raise BadInput(Text("请填写“{label}”。", "Please give “{label}”.").filled(label=self.label))
        return [] if self.kind in ("many", "rows") else False if self.kind == "yes" else ""

    def _wrong(self, zh: str, en: str) -> BadInput:
        return BadInput(Text("“{label}”" + zh, "“{label}” " + en).filled(label=self.label))

    def _line(self, raw: Any) -> str:
        text = " ".join(str(raw).split())
        if len(text) > 300:
            raise self._wrong("不能超过300字。", "cannot be longer than 300 characters.")
        return text

    def _text(self, raw: Any) -> str:
        text = str(raw)
        if not self.min_length <= len(text) <= self.max_length:
            raise self._wrong(
                f"应为{self.min_length}至{self.max_length}字。",
                f"must have {self.min_length} to {self.max_length} characters.",
            )
        return text

    def _choice(self, raw: Any) -> str:
        """By its stored value or, in a typed table, by its shown name."""
        for value, label in self.choices.choices():
            if raw in (value, label.zh, label.en):
                return value
        raise self._wrong("不在可选范围内。", "is not one of the choices.")

    def _many(self, raw: Any) -> list[str]:
        lines = raw.splitlines() if isinstance(raw, str) else list(raw)
        kept = [str(line).strip() for line in lines if str(line).strip()]
        return [self._choice(line) for line in kept] if self.choices else kept

    def _rows(self, raw: Any) -> list[dict[str, Any]]:
        lines = raw.splitlines() if isinstance(raw, str) else list(raw)
        return [self._row(n, line) for n, line in enumerate(lines, 1) if not isinstance(line, str) or line.strip()]

    def _row(self, number: int, line: Any) -> dict[str, Any]:
        cells = [line.get(column.name) for column in self.columns] if isinstance(line, dict) else line
        cells = cells.replace("｜", "|").split("|") if isinstance(cells, str) else list(cells)
        if len(cells) != len(self.columns):
            raise self._wrong(
                f"第{number}行应有{len(self.columns)}栏，以“|”分隔。",
                f"row {number} must have {len(self.columns)} columns parted by “|”.",
            )
        return {column.name: column.read(cell) for column, cell in zip(self.columns, cells, strict=True)}

    def _money(self, raw: Any) -> str:
        try:
            value = Decimal(str(raw).replace(",", ""))
        except InvalidOperation:
            raise self._wrong("应为金额（元）。", "must be an amount in CNY.") from None
        if not value.is_finite() or value < 0 or value >= Decimal("1e15"):
            raise self._wrong("应为不小于零的金额（元）。", "must be an amount in CNY, not below zero.")
        return str(value.quantize(Decimal("0.01")))

    def _number(self, raw: Any) -> str:
        try:
            value = int(str(raw))
        except ValueError:
            value = -1
        if not 0 <= value <= MOST:
            raise self._wrong(f"应为不小于零的整数，最大{MOST}。", f"must be a whole number from 0 to {MOST}.")
        return str(value)

    def _date(self, raw: Any) -> str:
        try:
            return date.fromisoformat(str(raw)).isoformat()
        except ValueError:
            raise self._wrong("应为日期，如 2026-11-21。", "must be a date such as 2026-11-21.") from None

    def _moment(self, raw: Any) -> str:
        try:
            at = datetime.fromisoformat(str(raw))
        except ValueError:
            raise self._wrong("应为日期和时间，如 2026-11-21 09:30。", "must be a date and a time.") from None
        return (at if at.tzinfo else at.replace(tzinfo=CHINA)).isoformat()

    def _yes(self, raw: Any) -> bool:
        if raw in (True, "on", "true", "1", "yes"):
            return True
        raise self._wrong("须勾选。", "must be ticked.")
