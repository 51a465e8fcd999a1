"""Shares of a key (Shamir 1979): any `needed` of them give it back, fewer say nothing at all about it.

Byte by byte over GF(2^8) with the polynomial of AES (x^8 + x^4 + x^3 + x + 1); a share is its number 1…255 and the bytes.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence

POLYNOMIAL = 0x11B
Share = tuple[int, bytes]


def _tables() -> tuple[list[int], list[int]]:
    powers, logs, value = [0] * 510, [0] * 256, 1
    for exponent in range(255):
        powers[exponent] = powers[exponent + 255] = value
        logs[value] = exponent
        value ^= (value << 1) ^ (POLYNOMIAL if value & 0x80 else 0)  # times three, which generates the field
        value &= 0xFF
    return powers, logs


POWERS, LOGS = _tables()


def times(one: int, other: int) -> int:
    """The product in the field."""
    return POWERS[LOGS[one] + LOGS[other]] if one and other else 0


def over(one: int, other: int) -> int:
    """The quotient in the field; nothing is divided by nought."""
    if other == 0:
        raise ZeroDivisionError("over 0")
    return POWERS[LOGS[one] - LOGS[other] + 255] if one else 0


def split(secret: bytes, shares: int, needed: int = 2) -> list[Share]:
    """So many shares, numbered from one."""
    if not 2 <= needed <= shares <= 255:
        raise ValueError("2 <= needed <= shares <= 255")
    curves = [[byte, *secrets.token_bytes(needed - 1)] for byte in secret]
    return [(x, bytes(at(curve, x) for curve in curves)) for x in range(1, shares + 1)]


def at(curve: Sequence[int], x: int) -> int:
    """The polynomial with these coefficients, the constant first, at x."""
    value = 0
    for coefficient in reversed(curve):
        value = times(value, x) ^ coefficient
    return value


def joined(shares: Sequence[Share]) -> bytes:
    """What the shares are of, by Lagrange at nought; too few give bytes that mean nothing."""
    numbers = [x for x, _ in shares]
    if len(set(numbers)) != len(numbers) or not all(1 <= x <= 255 for x in numbers):
        raise ValueError("every share once, numbered 1 to 255")
    if len({len(part) for _, part in shares}) != 1:
        raise ValueError("shares of one secret are of one length")
    weights = [_weight(x, numbers) for x in numbers]
    parts = zip(*(part for _, part in shares), strict=True)
    return bytes(_sum(times(weight, byte) for weight, byte in zip(weights, column, strict=True)) for column in parts)


def _weight(x: int, numbers: Sequence[int]) -> int:
    weight = 1
    for other in numbers:
        if other != x:
            weight = times(weight, over(other, other ^ x))
    return weight


def _sum(values) -> int:
    total = 0
    for value in values:
        total ^= value
    return total
