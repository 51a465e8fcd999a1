"""One text for one meaning: JSON with sorted keys, no white space, no floats; what is hashed is this text in UTF-8.

Amounts are strings (a `Decimal` becomes its plain digits) or integers of the smallest unit. Integers beyond 2^53 are
refused because other readers of JSON would round them. Keys are sorted by code point.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from decimal import Decimal
from enum import Enum
from typing import Any

from guanjian.kernel.errors import BadInput

LARGEST_INTEGER = 2**53


def canonical(value: Any) -> str:
    """The one text of this value; `BadInput` for what has no single exact text (a float, an unknown kind)."""
    text = json.dumps(plain(value), ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    try:
        text.encode()
    except UnicodeEncodeError:
        raise BadInput("文字含有无法编码的字符。", "The text holds a character that cannot be encoded.") from None
    return text


def plain(value: Any) -> Any:
    """The value in JSON's own kinds, without floats."""
    if isinstance(value, Enum):
        return plain(value.value)
    if value is None or isinstance(value, (bool, str)):
        return value
    if isinstance(value, int):
        return _exact(value)
    if isinstance(value, Mapping):
        return {_key(key): plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    return _worded(value)


def instant(at: datetime) -> str:
    """A moment in UTC to the microsecond; one that does not say its zone is refused."""
    if at.tzinfo is None:
        raise BadInput("时间须带时区。", "A time must say its zone.")
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _worded(value: Any) -> str:
    if isinstance(value, Decimal) and value.is_finite():
        return format(value, "f")
    if isinstance(value, datetime):
        return instant(value)
    if isinstance(value, (date, time)):
        return value.isoformat()
    kind = type(value).__name__
    raise BadInput(f"账本不收“{kind}”类型的值；金额请用字符串。", f"The ledger takes no {kind}; write amounts as text.")


def _exact(value: int) -> int:
    if abs(value) > LARGEST_INTEGER:
        raise BadInput("整数过大，请写成字符串。", "The integer is too large for JSON; write it as text.")
    return int(value)


def _key(key: Any) -> str:
    if not isinstance(key, str):
        raise BadInput("JSON 的键须是字符串。", "A key of a JSON object must be text.")
    return str(key)
