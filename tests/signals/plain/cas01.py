"""CAS-01, read plainly."""

from tests.signals.plain.tools import month

LOOSE = {"cut": 1.0, "crime_cny": 200_000}


def read(world, cut, crime_cny):
    pursued = {entry for case in world["cases"] if case["kind"] == "criminal" for entry in case["entry_ids"]}
    found = []
    for case in world["cases"]:
        times = float(case["evaded_cny"] or 0) / crime_cny
        if case["kind"] == "administrative" and times >= cut and not pursued & set(case["entry_ids"]):
            evaded = float(case["evaded_cny"])
            found.append((case["case_id"], case["unit_code"], month(case["filed_at"]), times, evaded, crime_cny))
    return found
