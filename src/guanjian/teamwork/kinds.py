"""What kind of file is this? Told from its content; a suffix that says something else is refused, and so is whatever runs."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import BinaryIO
from zipfile import BadZipFile, ZipFile

from guanjian.kernel.errors import BadInput
from guanjian.kernel.words import Text

BEGINS = {"pdf": b"%PDF-", "png": b"\x89PNG\r\n\x1a\n", "jpg": b"\xff\xd8\xff"}
OFFICE = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml", "pptx": "ppt/presentation.xml"}
TEXTS = ("txt", "csv")
KINDS = (*BEGINS, *OFFICE, *TEXTS)
ALIKE = {"jpeg": "jpg"}
MARKUP = re.compile(rb"<\s*(!doctype|html|script|svg|body|iframe|\?xml)", re.IGNORECASE)
PARTS, UNPACKED = 5_000, 500_000_000
WRONG = Text(
    "只收 PDF、图片（png、jpg）、docx、xlsx、pptx、txt、csv，且内容须与扩展名一致：{name}。",
    "Only PDF, pictures (png, jpg), docx, xlsx, pptx, txt, csv, and the content must be what the suffix says: {name}.",
)
RUNS = Text("文件含宏或可执行内容，不予接收：{name}。", "The file holds macros or something that runs: {name}.")


def kind_of(file: BinaryIO, name: str) -> str:
    """The kind as content and suffix agree on it; `BadInput` where they do not."""
    suffix = PurePosixPath(name).suffix.lower().removeprefix(".")
    kind = ALIKE.get(suffix, suffix)
    file.seek(0)
    if kind in BEGINS and file.read(len(BEGINS[kind])) == BEGINS[kind]:
        return kind
    if kind in OFFICE and _is_office(file, kind, name):
        return kind
    if kind in TEXTS and _is_text(file):
        return kind
    raise BadInput(WRONG.filled(name=name))


def _is_office(file: BinaryIO, kind: str, name: str) -> bool:
    try:
        with ZipFile(file) as packed:
            parts = packed.infolist()
    except (BadZipFile, ValueError, NotImplementedError):
        return False
    names = [part.filename for part in parts]
    if any(
        one.lower().endswith((".bin", ".exe", ".js", ".vbs")) and "printersettings" not in one.lower() for one in names
    ):
        raise BadInput(RUNS.filled(name=name))
    fits = len(parts) <= PARTS and sum(part.file_size for part in parts) <= UNPACKED
    return fits and "[Content_Types].xml" in names and OFFICE[kind] in names


def _is_text(file: BinaryIO) -> bool:
    """UTF-8 or GB 18030 without control signs, and no markup that a browser would run."""
    file.seek(0)
    content = file.read()
    if b"\x00" in content or MARKUP.search(content):
        return False
    return any(_reads(content, coding) for coding in ("utf-8-sig", "gb18030"))


def _reads(content: bytes, coding: str) -> bool:
    try:
        content.decode(coding)
    except UnicodeDecodeError:
        return False
    return True
