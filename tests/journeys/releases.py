"""What a double inquiry looks back at: releases of an enterprise and of one that shares its telephone."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

from tests.lenses.small_lake import small_lake


def earlier_releases(home):
    """A lake in which the enterprise, and one that shares its telephone, were released before."""
    at = datetime.now(UTC) - timedelta(days=200)
    units = [{"unit_code": "2202", "name": "某海关", "level": "house", "district_code": "2200", "kind": "customs"}]
    masters = [
        {"enterprise_id": one, "name": one, "roles": ["consignee"], "phone": "021-6000"} for one in ("E0001", "E0007")
    ]
    entries = [
        {"entry_id": f"22022026000000{n:04}", "unit_code": "2202", "ie": "import", "declared_at": at, "released_at": at,
         "trade_mode": "0110", "consignee_id": ("E0001", "E0007")[n % 2], "value_cny": Decimal(1000)}
        for n in range(6)
    ]  # fmt: skip
    events = [
        {"event_id": f"r{n}", "object_type": "entry", "object_id": entry["entry_id"], "activity": "release", "at": at,
         "officer_id": "g220204", "unit_code": "2202", "post": "release", "system": "system"}
        for n, entry in enumerate(entries)
    ]  # fmt: skip
    small_lake(home, units=units, enterprises=masters, declarations=entries, events=events)
