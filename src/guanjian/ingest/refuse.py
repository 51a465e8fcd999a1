"""What cannot be a file of facts is refused before it is read: one sentence that says what it is and what to do."""

from __future__ import annotations

from pathlib import Path

from guanjian.kernel.errors import BadInput
from guanjian.kernel.words import Text

SAVE_AS = Text("请另存为 UTF-8 的 CSV 后再导入。", "Save it as CSV in UTF-8 and import that.")
MAGIC = (
    (b"\xd0\xcf\x11\xe0", Text("旧版 Excel 或 Word 文件", "an old Excel or Word file"), SAVE_AS),
    (b"%PDF", Text("PDF 文件", "a PDF"), SAVE_AS),
    (b"\x89PNG", Text("图片", "a picture"), SAVE_AS),
    (b"\xff\xd8\xff", Text("图片", "a picture"), SAVE_AS),
    (b"\x7fELF", Text("可执行程序", "a program"), SAVE_AS),
    (b"Rar!", Text("RAR 压缩包", "a RAR archive"), Text("请先解压。", "Unpack it first.")),
    (b"7z\xbc\xaf", Text("7z 压缩包", "a 7z archive"), Text("请先解压。", "Unpack it first.")),
    (b"PAR1", Text("Parquet 文件", "a Parquet file"), Text("请把扩展名改为 .parquet。", "Name it .parquet.")),
    (
        b"SQLite format 3",
        Text("SQLite 数据库", "an SQLite database"),
        Text("请把扩展名改为 .sqlite。", "Name it .sqlite."),
    ),
    (b"<!doctype html", Text("网页", "a web page"), SAVE_AS),
    (b"<html", Text("网页", "a web page"), SAVE_AS),
)
BELONGS = {b"PAR1": ".parquet", b"SQLite format 3": ".sqlite"}
ZIP = b"PK\x03\x04"
UTF16 = (b"\xff\xfe", b"\xfe\xff")


def refuse_magic(path: Path, suffix: str) -> None:
    """`BadInput` when the first bytes say that the file is something else than its name does."""
    with path.open("rb") as file:
        head = file.read(512)
    if head.startswith(ZIP):
        raise _zip(path, b"xl/" in head or b"[Content_Types]" in head)
    if head.startswith(UTF16):
        raise BadInput(
            f"{path.name} 是 UTF-16 编码，请另存为 UTF-8。", f"{path.name} is encoded in UTF-16; save it as UTF-8."
        )
    start = head.lstrip().lower()
    for magic, what, remedy in MAGIC:
        if BELONGS.get(magic) != suffix and start.startswith(magic.lower()):
            raise BadInput(
                Text("{name} 实际上是{what}，{remedy}", "{name} is really {what}. {remedy}").filled(
                    name=path.name, what=what, remedy=remedy
                )
            )


def _zip(path: Path, workbook: bool) -> BadInput:
    if workbook:
        return BadInput(
            f"{path.name} 实际上是 Excel 工作簿，请另存为 UTF-8 的 CSV 后再导入。",
            f"{path.name} is really an Excel workbook. Save it as CSV in UTF-8 and import that.",
        )
    return BadInput(
        f"{path.name} 是 ZIP 压缩包，不会自动解压；请核对内容后解压再导入，或改用 .gz。",
        f"{path.name} is a ZIP archive and is never unpacked here; look into it, unpack it yourself, or use .gz.",
    )
