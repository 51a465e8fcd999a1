"""How do NumPy arrays become Arrow columns without a loop over rows?"""

from __future__ import annotations

import numpy as np
import pyarrow as pa

SCALE = 10_000  # DECIMAL(18,4) is kept as an integer of ten-thousandths
MONEY = pa.decimal128(18, 4)
STAMP = pa.timestamp("us", tz="UTC")


def digits(values: np.ndarray, width: int) -> np.ndarray:
    """Each number as `width` ASCII digits: a byte matrix, one row per value."""
    out = np.empty((len(values), width), np.uint8)
    rest = values.astype(np.int64)
    for place in range(width - 1, -1, -1):
        rest, last = np.divmod(rest, 10)
        out[:, place] = last + 48
    return out


def prefixed(prefix: str, rows: np.ndarray, *tails: np.ndarray) -> np.ndarray:
    """Byte rows with the same text before each, and further byte columns after it."""
    head = np.broadcast_to(np.frombuffer(prefix.encode(), np.uint8), (len(rows), len(prefix)))
    return np.concatenate([head, rows, *(tail[:, None] if tail.ndim == 1 else tail for tail in tails)], axis=1)


def texts(rows: np.ndarray) -> pa.Array:
    """Byte rows of one width as text."""
    count, width = rows.shape
    offsets = np.arange(0, (count + 1) * width, width, dtype=np.int32)
    data = np.ascontiguousarray(rows)
    return pa.StringArray.from_buffers(count, pa.py_buffer(offsets), pa.py_buffer(data))


def names(codes: np.ndarray, words: pa.Array) -> pa.Array:
    """The word of each code; a negative code is empty."""
    missing = codes < 0
    indices = pa.array(codes.astype(np.int32), mask=missing if missing.any() else None)
    return pa.DictionaryArray.from_arrays(indices, words, safe=False)


def spelled(codes: np.ndarray, words: pa.Array) -> pa.Array:
    """As `names`, written out: for long lists of which a part of the file uses few."""
    return names(codes, words).cast(pa.string())


def amounts(values: np.ndarray, missing: np.ndarray | None = None) -> pa.Array:
    """Amounts with two decimals in exact decimals; NaN or `missing` is empty."""
    unknown = np.isnan(values) if missing is None else missing
    return exact(np.rint(np.where(unknown, 0, values) * 100).astype(np.int64) * (SCALE // 100), unknown)


def exact(scaled: np.ndarray, missing: np.ndarray | None = None) -> pa.Array:
    """Decimals from integers of ten-thousandths."""
    wide = np.empty((len(scaled), 2), np.int64)
    wide[:, 0] = scaled
    wide[:, 1] = scaled >> 63
    known = None if missing is None or not missing.any() else _bits(~missing)
    return pa.Decimal128Array.from_buffers(MONEY, len(scaled), [known, pa.py_buffer(wide)])


def stamps(seconds: np.ndarray) -> pa.Array:
    """Instants from whole seconds of the epoch; negative is empty."""
    missing = seconds < 0
    return pa.array(seconds * 1_000_000, mask=missing if missing.any() else None).view(STAMP)


def constant(word: str, count: int) -> pa.Array:
    """The same word in each row."""
    return names(np.zeros(count, np.int32), pa.array([word]))


def _bits(known: np.ndarray) -> pa.Buffer:
    return pa.py_buffer(np.packbits(known, bitorder="little"))
