"""The look-back of a double inquiry: from the lake, as units and posts."""

from __future__ import annotations

import logging
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from django.utils import timezone

from guanjian.kernel.errors import NotFound
from guanjian.kernel.workdays import CHINA
from guanjian.lenses.lookback import count_of, exposure_of
from guanjian.org.actor import SYSTEM

log = logging.getLogger(__name__)
AT_LEAST = timedelta(days=3 * 365)  # as far as a post-clearance audit looks back (海关稽查条例 art. 2)
NO_DATA = "没有导入报关数据，未能倒查"
UNREADABLE = "报关数据暂不可读，未能倒查；逐票清单打开时重新读取"


def facts_of(enterprises: list[str], until: datetime, acts_from: date | None, lake: Path) -> dict[str, Any]:
    """What the step `look_back` is given: how many releases there were before, and which units and posts handled them.

    Three years back, or as far as the acts. A case is concluded whether or not the lake can be read: the list then says so.
    """
    import duckdb

    since = min(until - AT_LEAST, datetime.combine(acts_from, time(), CHINA)) if acts_from else until - AT_LEAST
    asked = SYSTEM, lake, enterprises, until, until - since
    told: dict[str, Any] = {"look_back_total": 0, "exposure": [], "look_back_note": ""}
    try:
        told |= {"look_back_total": count_of(*asked), "exposure": [_row(row) for row in exposure_of(*asked)]}
    except NotFound:
        told["look_back_note"] = NO_DATA
    except (duckdb.Error, OSError):
        log.exception("look-back")
        told["look_back_note"] = UNREADABLE
    return {**told, "looked_from": _day(since), "looked_until": _day(until)}


def _row(row: dict) -> dict[str, Any]:
    return {
        **{name: row[name] for name in ("unit", "post", "act", "releases")},
        "first_on": _day(row["first_at"]),
        "last_on": _day(row["last_at"]),
    }


def _day(moment: datetime) -> str:
    return timezone.localdate(moment).isoformat()
