"""What goes wrong while rows are moved: a file damaged inside, a full disk; said in one sentence."""

from __future__ import annotations

import errno
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from guanjian.kernel.errors import BadInput, GuanjianError


class NoSpace(GuanjianError):
    """The disk is full: nothing of the batch was kept, and nothing that was there before was touched."""

    status = 507
    exit_code = 7


@contextmanager
def troubles() -> Iterator[None]:
    """Errors of the engine and of the disk that a person can act on, as sentences; any other as it is."""
    try:
        yield
    except duckdb.Error as error:
        raise _explained(error) or error from None
    except OSError as error:
        if error.errno != errno.ENOSPC:
            raise
        raise _full() from None


def _explained(error: duckdb.Error) -> GuanjianError | None:
    said = str(error)
    if "No space left" in said or "max_temp_directory_size" in said:
        return _full()
    if found := re.search(r'(?:read|reading) (?:from )?file "([^"]+)"', said):
        name = Path(found[1]).name
        return BadInput(
            f"{name} 内部已损坏，请重新传送。（{said.splitlines()[0][-80:]}）",
            f"{name} is damaged inside; send it again. ({said.splitlines()[0][-80:]})",
        )
    return None


def _full() -> NoSpace:
    return NoSpace(
        "磁盘空间不足，本批次未导入任何内容；请清理空间后重试。",
        "The disk is full and nothing of this batch was imported; make room and try again.",
    )
