"""Taking rows away as a file: the same rows and columns as on the page, written before they are handed out, and noted."""

from __future__ import annotations

import csv
import hashlib
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from decimal import Decimal, InvalidOperation
from io import TextIOWrapper
from itertools import batched
from typing import Any, BinaryIO

from django.http import FileResponse
from django.utils import timezone

from guanjian.kernel.errors import BadInput
from guanjian.kernel.papers import Level, Subject
from guanjian.kernel.words import Names, Text
from guanjian.moving.record import Record
from guanjian.moving.verbs import note
from guanjian.org.actor import Actor
from guanjian.pages import names, spreadsheet
from guanjian.pages.desk import DESKS, Desk
from guanjian.pages.inert import inert

MOST = 20_000  # rows of one file
AT_ONCE = 500
TOO_MANY = Text(
    "超过{n}行，一个文件装不下：请缩小条件，分次导出。", "More than {n} rows: narrow the question and export in parts."
).filled(n=f"{MOST:,}")
SHARED = (
    Text("编号", "Number"),
    Text("类别", "Loop"),
    Text("标题", "Title"),
    Text("级别", "Level"),
    Text("状态", "State"),
    Text("单位代码", "Unit code"),
    Text("单位", "Unit"),
    Text("对象", "Subject"),
    Text("登记（北京时间）", "Opened (Beijing)"),
    Text("时限（北京时间）", "Limit (Beijing)"),
    Text("办结（北京时间）", "Closed (Beijing)"),
)


class Format(Names):
    """The kinds of files."""

    CSV = "csv", "CSV", "CSV"
    EXCEL = "xlsx", "Excel", "Excel"


TYPES = {
    Format.CSV: "text/csv; charset=utf-8",
    Format.EXCEL: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def export(actor: Actor, keys: Sequence[tuple[str, int]], form: Format, asked: tuple[str, str]) -> FileResponse:
    """The file of these records, as far as this person may see them; `asked` is what was asked: its subject and its address.

    The ledger has the count and the hash before the first byte leaves.
    """
    if len(keys) > MOST:
        raise BadInput(TOO_MANY)
    loops = {loop for loop, _ in keys}
    desk = DESKS[loops.pop()] if len(loops) == 1 else None
    file = tempfile.SpooledTemporaryFile(max_size=4_000_000)  # noqa: SIM115  the answer closes it
    header = [str(title) for title in (*SHARED, *(column.title for column in (desk.columns if desk else ())))]
    count = (_csv if form == Format.CSV else spreadsheet.write)(file, header, _rows(actor, keys, desk))
    file.seek(0)
    digest = hashlib.file_digest(file, "sha256").hexdigest()
    file.seek(0)
    subject, address = asked
    note(f"{subject}.exported", f"{subject}/export", actor, _facts(count, digest, form, address))
    name = f"guanjian-{subject}-{timezone.localtime():%Y%m%d-%H%M}.{form}"
    answer = FileResponse(file, as_attachment=True, filename=name, content_type=TYPES[form])
    answer["X-Content-Type-Options"], answer["Cache-Control"] = "nosniff", "no-store"
    return answer


def _facts(count: int, digest: str, form: Format, address: str) -> dict[str, str]:
    return {"rows": str(count), "sha256": digest, "format": str(form), "asked": address[:1000]}


def _csv(file: BinaryIO, header: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
    """UTF-8 with its mark, so that Chinese opens right at a double click."""
    text, count = TextIOWrapper(file, encoding="utf-8-sig", newline="", write_through=True), 0
    writer = csv.writer(text)
    writer.writerow([inert(title) for title in header])
    for row in rows:
        writer.writerow([inert(value) for value in row])
        count += 1
    text.detach()
    return count


def _rows(actor: Actor, keys: Sequence[tuple[str, int]], desk: Desk | None) -> Iterator[list[Any]]:
    for some in batched(keys, AT_ONCE):
        asked: dict[str, list[int]] = {}
        for loop, number in some:
            asked.setdefault(loop, []).append(number)
        read = {name: DESKS[name].model.objects.visible_to(actor).in_bulk(numbers) for name, numbers in asked.items()}
        yield from (_row(read[loop][number], desk) for loop, number in some if number in read[loop])


def _row(record: Record, desk: Desk | None) -> list[Any]:
    subject = f"{Subject(record.subject_type).label} {record.subject_id}" if record.subject_type in set(Subject) else ""
    shared = [record.key, str(record.flow.title), record.title, str(Level(record.level).label), str(record.state_label)]
    shared += [record.unit_code, str(names.unit(record.unit_code)), subject or record.subject_id]
    return [*shared, record.opened_at, record.due_at, record.closed_at, *_own(record, desk)]


def _own(record: Record, desk: Desk | None) -> list[Any]:
    return [plain(column.kind, column.of(record)) for column in desk.columns] if desk else []


def plain(kind: str, value: Any) -> Any:
    """A value of a column as a cell: a number, a moment, or a text."""
    if value in (None, "", []):
        return None
    return PLAIN.get(kind, str)(value)


def _amount(value: Any) -> Any:
    try:
        return value if isinstance(value, (int, float)) else Decimal(str(value))
    except InvalidOperation:
        return str(value)


def _moment(value: Any) -> Any:
    try:
        return datetime.fromisoformat(value) if isinstance(value, str) and len(value) > 10 else value
    except ValueError:
        return str(value)


def _list(value: Any) -> str:
    return str(value) if isinstance(value, (str, Text)) else "；".join(str(one) for one in value)


def _subject(value: Any) -> str:
    kind, name = value if isinstance(value, tuple) else (value.subject_type, value.subject_id)
    return f"{Subject(kind).label} {name}" if kind in set(Subject) else str(name)


PLAIN = {
    "money": _amount,
    "number": _amount,
    "when": _moment,
    "level": lambda value: str(Level(value).label),
    "unit": lambda value: str(names.unit(value)),
    "person": lambda value: str(names.person(value)),
    "link": lambda value: str(value[0]),
    "links": lambda value: "；".join(str(name) for name, _ in value),
    "list": _list,
    "subject": _subject,
}
