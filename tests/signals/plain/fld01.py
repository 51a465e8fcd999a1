"""FLD-01, read plainly."""

from tests.signals.plain.tools import groups, month

LOOSE = {"cut": 1.0, "late_hours": 24.0}


def read(world, cut, late_hours):
    units = {job["job_id"]: job["unit_code"] for job in world["field_jobs"]}
    late = []
    for (job, officer), points in groups(world["track_points"], lambda p: (p["job_id"], p["officer_id"])).items():
        hours = [(point["received_at"] - point["at"]).total_seconds() / 3600 for point in points]
        if 2 * sum(each > late_hours or each < -5 / 60 for each in hours) > len(points):
            late.append((officer, units[job], month(min(point["at"] for point in points)), max(map(abs, hours))))
    by = groups(late, lambda row: row[:3])
    return [(*key, len(jobs), max(job[3] for job in jobs), late_hours) for key, jobs in by.items() if len(jobs) >= cut]
