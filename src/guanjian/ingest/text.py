"""Text files are looked through once before they are parsed: size, line length, encoding; then read as UTF-8."""

from __future__ import annotations

import codecs
import gzip
import io
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import file_digest, sha256
from pathlib import Path
from typing import BinaryIO

from guanjian.kernel.errors import BadInput

BLOCK = 1 << 20
LINE_LIMIT = 4 << 20  # no fact is four megabytes long
EXPANDED_LIMIT = 200 << 30
RATIO_LIMIT = 300  # tables shrink 5 to 60 times; a bomb a thousand times
RATIO_FROM = 64 << 20
GZIP = b"\x1f\x8b"


@dataclass(frozen=True, slots=True)
class Look:
    """What looking through a file told: what its content hashes to, how it is encoded, whether it has empty lines."""

    digest: str
    encoding: str = ""
    has_empty_lines: bool = False


def opened(path: Path) -> BinaryIO:
    """The file's bytes, unpacked if they are gzip, whatever the name says."""
    with path.open("rb") as file:
        packed = file.read(2) == GZIP
    return gzip.open(path) if packed else path.open("rb")  # type: ignore[return-value]


def blocks(path: Path) -> Iterator[bytes]:
    """The unpacked bytes; `BadInput` on a bomb or a file that is cut off."""
    size = path.stat().st_size
    total = 0
    with opened(path) as file:
        while block := _next(file, path):
            total += len(block)
            if total > EXPANDED_LIMIT or (total > RATIO_FROM and total > RATIO_LIMIT * size):
                raise BadInput(
                    f"{path.name} 解压后超过原大小的 {RATIO_LIMIT} 倍或 200 GB，疑似压缩炸弹，已拒绝；请拆分并用普通方式压缩。",
                    f"{path.name} unpacks to more than {RATIO_LIMIT} times its size or 200 GB, like a compression bomb; "
                    "it was refused. Split it and pack it normally.",
                )
            yield block


def _next(file: BinaryIO, path: Path) -> bytes:
    try:
        return file.read(BLOCK)
    except (EOFError, zlib.error, gzip.BadGzipFile):
        raise BadInput(
            f"{path.name} 的压缩数据不完整或已损坏，请重新传送。",
            f"The compressed data of {path.name} is cut off or damaged; send the file again.",
        ) from None


def look_at(path: Path) -> Look:
    """Of a file that is no text, only the hash."""
    with path.open("rb") as file:
        return Look(file_digest(file, "sha256").hexdigest())


def look_through(path: Path) -> Look:
    """Read the file once, a block at a time; what is wrong is said before anything is parsed."""
    seal, utf8 = sha256(), codecs.getincrementaldecoder("utf-8")()
    run, empty_lines, tail, encoding = 0, False, b"\n", "utf-8"
    for block in blocks(path):
        _refuse_binary(path, block)
        run = _line_run(path, block, run)
        empty_lines = empty_lines or _has_empty_line(tail + block)
        tail = block[-2:]
        seal.update(block)
        if encoding == "utf-8" and not _decodes(utf8, block):
            encoding = "gb18030"
    if encoding == "gb18030" or not _decodes(utf8, b"", final=True):
        encoding = _gb18030(path)
    return Look(seal.hexdigest(), encoding, empty_lines)


def _decodes(decoder: codecs.IncrementalDecoder, block: bytes, final: bool = False) -> bool:
    try:
        decoder.decode(block, final)
    except UnicodeDecodeError:
        return False
    return True


def _gb18030(path: Path) -> str:
    """The other encoding that customs systems write, if it is that."""
    decoder = codecs.getincrementaldecoder("gb18030")()
    if all(_decodes(decoder, block) for block in blocks(path)) and _decodes(decoder, b"", final=True):
        return "gb18030"
    raise BadInput(
        f"{path.name} 既不是 UTF-8 也不是 GB18030 编码，请另存为 UTF-8。",
        f"{path.name} is neither UTF-8 nor GB18030; save it as UTF-8.",
    )


def _has_empty_line(text: bytes) -> bool:
    return b"\n\n" in text or b"\n\r\n" in text


def _line_run(path: Path, block: bytes, run: int) -> int:
    """How long the line is that the block ends in, given how long the one was that it began in."""
    first = block.find(b"\n")
    longest = run + (first if first >= 0 else len(block))
    if longest > LINE_LIMIT:
        raise BadInput(
            f"{path.name} 有一行超过 {LINE_LIMIT >> 20} MB，不是逐行的表；请检查换行符。",
            f"{path.name} has a line of more than {LINE_LIMIT >> 20} MB, so it is no table of rows; check its line ends.",
        )
    return len(block) - 1 - block.rfind(b"\n") if first >= 0 else longest


def _refuse_binary(path: Path, block: bytes) -> None:
    if b"\0" in block:
        raise BadInput(
            f"{path.name} 含有空字节，不是文本文件；请确认文件没有损坏、格式无误。",
            f"{path.name} holds null bytes, so it is no text; check that it is undamaged and of the right kind.",
        )


class Utf8(io.RawIOBase):
    """The file as UTF-8 without a byte order mark, whatever it was encoded in, for a parser that reads blocks."""

    def __init__(self, path: Path, encoding: str) -> None:
        self._file = opened(path)
        decoder = codecs.getincrementaldecoder(encoding)()
        self._recode = None if encoding == "utf-8" else decoder
        self._left = self._file.read(BLOCK).removeprefix(codecs.BOM_UTF8)
        if self._recode:
            self._left = self._recode.decode(self._left).removeprefix("\ufeff").encode()

    def readable(self) -> bool:
        return True

    def readinto(self, buffer) -> int:
        if not self._left:
            block = self._file.read(max(len(buffer), BLOCK))
            self._left = self._recode.decode(block).encode() if self._recode else block
        size = min(len(buffer), len(self._left))
        buffer[:size] = self._left[:size]
        self._left = self._left[size:]
        return size

    def close(self) -> None:
        self._file.close()
        super().close()
