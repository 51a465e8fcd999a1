"""An Excel file (OOXML), written row by row: numbers as numbers, days as days, every text a text. It knows no formula.

A cell is an inline string, a number or a day; an element `f` is never written, so nothing in the file can be computed.
What begins like a formula is marked as quoted besides: it stays a text when somebody edits the cell.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from io import TextIOWrapper
from typing import Any, BinaryIO
from xml.sax.saxutils import escape

from guanjian.kernel.workdays import CHINA
from guanjian.pages.inert import is_live

LONGEST = 32_767  # characters that a cell holds
UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
ESCAPED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
FIRST_DAY = datetime(1899, 12, 30)  # noqa: DTZ001  the zero of the day numbers, of no zone
PLAIN, BOLD, MOMENT, DAY, QUOTED = range(5)
XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
KINDS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
PARTS = {
    "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{OFFICE}.sheet.main+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{OFFICE}.worksheet+xml"/>'
    f'<Override PartName="/xl/styles.xml" ContentType="{OFFICE}.styles+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
    f'<Relationship Id="r1" Type="{KINDS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{KINDS}">'
    '<sheets><sheet name="导出 Export" sheetId="1" r:id="r1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
    f'<Relationship Id="r1" Type="{KINDS}/worksheet" Target="worksheets/sheet1.xml"/>'
    f'<Relationship Id="r2" Type="{KINDS}/styles" Target="styles.xml"/></Relationships>',
    "xl/styles.xml": f'<styleSheet xmlns="{MAIN}">'
    '<numFmts count="2"><numFmt numFmtId="164" formatCode="yyyy-mm-dd hh:mm"/>'
    '<numFmt numFmtId="165" formatCode="yyyy-mm-dd"/></numFmts>'
    '<fonts count="2"><font><sz val="11"/><name val="宋体"/></font><font><b/><sz val="11"/><name val="宋体"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="5"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/>'
    '<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
    '<xf numFmtId="165" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
    '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0" quotePrefix="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>',
}


def write(file: BinaryIO, header: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
    """Write the rows under the header into the file; returns how many. At no time more than a row is in memory."""
    count = 0
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=3) as package:
        for name, part in PARTS.items():
            package.writestr(zipfile.ZipInfo(name), XML + part)
        with package.open(zipfile.ZipInfo("xl/worksheets/sheet1.xml"), "w") as raw:
            sheet = TextIOWrapper(raw, encoding="utf-8")
            sheet.write(f'{XML}<worksheet xmlns="{MAIN}"><sheetViews><sheetView workbookViewId="0">')
            sheet.write(
                '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
            )
            sheet.write('<sheetFormatPr defaultColWidth="18" defaultRowHeight="15"/><sheetData>')
            sheet.write(_row(_text(title, BOLD) for title in header))
            for row in rows:
                sheet.write(_row(_cell(value) for value in row))
                count += 1
            sheet.write("</sheetData></worksheet>")
            sheet.flush()
    return count


def _row(cells: Iterable[str]) -> str:
    return f"<row>{''.join(cells)}</row>"


def _cell(value: Any) -> str:
    if value is None or value == "":
        return "<c/>"
    if isinstance(value, datetime):
        return _number((value.astimezone(CHINA).replace(tzinfo=None) - FIRST_DAY).total_seconds() / 86400, MOMENT)
    if isinstance(value, date):
        return _number((value - FIRST_DAY.date()).days, DAY)
    if isinstance(value, (int, float, Decimal)) and not isinstance(value, bool):
        return _number(value, PLAIN) if Decimal(str(value)).is_finite() else _text(str(value), PLAIN)
    return _text(str(value), QUOTED if is_live(str(value)) else PLAIN)


def _number(value: float | Decimal, style: int) -> str:
    return f'<c s="{style}"><v>{value}</v></c>'


def _text(text: str, style: int) -> str:
    plain = ESCAPED.sub("_x005F_", UNWRITABLE.sub("", text))[:LONGEST]
    return f'<c s="{style}" t="inlineStr"><is><t xml:space="preserve">{escape(plain)}</t></is></c>'
