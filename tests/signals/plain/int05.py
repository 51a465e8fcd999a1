"""INT-05, read plainly."""

import hashlib
import hmac

from tests.signals.plain.tools import groups, local, month

LOOSE = {"cut": 1.0}


def read(world, cut):
    seeds = {(row["code"], row["from"]): bytes.fromhex(row["value"]) for row in world["parameters"]}
    off = []
    for event in world["events"]:
        seed = seeds.get((f"assignment.seed.{event['unit_code']}", local(event["at"]).date()))
        if event["activity"] != "assign" or not event.get("result") or seed is None:
            continue
        pool = sorted(
            {
                row["officer_id"]
                for row in world["rosters"]
                if row["unit_code"] == event["unit_code"] and row["starts_at"] <= event["at"] < row["ends_at"]
                if not event.get("post") or row["post"] == event["post"]
            }
        )
        drawn = int(hmac.new(seed, event["object_id"].encode(), hashlib.sha256).hexdigest(), 16)
        if pool and pool[drawn % len(pool)] != event["result"]:
            off.append((event["unit_code"], month(event["at"])))
    by = groups(off, lambda each: each)
    return [(unit, unit, when, len(same), len(same), 0.0) for (unit, when), same in by.items() if len(same) >= cut]
