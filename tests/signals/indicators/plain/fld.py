"""I-FLD, read plainly."""

from datetime import timedelta


def jobs(world, case, exposed=lambda row: True):
    """Field jobs that are exposed, and those among them that are a case."""
    for row in world["field_jobs"]:
        if exposed(row):
            yield row["unit_code"], row["planned_start"], bool(case(row)), 1


def fld01(world):
    return jobs(world, lambda row: row["checked_in_at"])


def fld02(world):
    return jobs(world, lambda row: len(set(row["officers"])) < 2)


def fld03(world):
    return jobs(world, lambda row: not row["photos"] and not row["evidence_hashes"], lambda row: row["checked_out_at"])


def fld04(world, hours):
    units = {row["job_id"]: row["unit_code"] for row in world["field_jobs"]}
    for row in world["track_points"]:
        lag = row["received_at"] - row["at"]
        yield units[row["job_id"]], row["at"], lag > timedelta(hours=hours) or lag < timedelta(0), 1


def fld05(world, share):
    return jobs(
        world,
        lambda row: row["checked_out_at"] - row["checked_in_at"] < share * (row["planned_end"] - row["planned_start"]),
        lambda row: row["checked_out_at"],
    )
