"""An Excel file, written row by row: numbers as numbers, days as days, every text a text. Nothing in it is computed.

XlsxWriter in constant memory: at no time more than a row is held. Texts are written as texts only, never read as formulas,
numbers or links; what begins like a formula is marked as quoted besides: it stays a text when somebody edits the cell.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, BinaryIO

from guanjian.kernel.workdays import CHINA
from guanjian.pages.inert import is_live

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

LONGEST = 32_767  # characters that a cell holds
UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
STYLES = {
    "title": {"bold": True},
    "moment": {"num_format": "yyyy-mm-dd hh:mm"},
    "day": {"num_format": "yyyy-mm-dd"},
    "quoted": {"quote_prefix": True},
}
HOW = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "default_format_properties": {"font_name": "宋体"},
}


def write(file: BinaryIO, header: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
    """Write the rows under the header into the file; returns how many."""
    from xlsxwriter import Workbook

    count = 0
    with Workbook(file, HOW) as book:
        styles = {name: book.add_format(HOW["default_format_properties"] | how) for name, how in STYLES.items()}
        sheet = book.add_worksheet("导出 Export")
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, max(len(header) - 1, 0), 18)
        for place, title in enumerate(header):
            sheet.write_string(0, place, _said(title), styles["title"])
        for count, row in enumerate(rows, 1):
            for place, value in enumerate(row):
                _cell(sheet, (count, place), value, styles)
    return count


def _cell(sheet: Worksheet, place: tuple[int, int], value: Any, styles: dict[str, Format]) -> None:
    if value is None or value == "":
        return
    if isinstance(value, datetime):
        sheet.write_datetime(*place, value.astimezone(CHINA).replace(tzinfo=None), styles["moment"])
    elif isinstance(value, date):
        sheet.write_datetime(*place, value, styles["day"])
    elif isinstance(value, (int, float, Decimal)) and not isinstance(value, bool) and Decimal(str(value)).is_finite():
        sheet.write_number(*place, value)
    else:
        text = _said(str(value))
        sheet.write_string(*place, text, styles["quoted"] if is_live(text) else None)


def _said(text: str) -> str:
    return UNWRITABLE.sub("", text)[:LONGEST]
