"""What both forms of OCEL 2.0 have in common: how an event and its objects become rows of `events`."""

from __future__ import annotations

from guanjian.ingest.raw import LINE

COLUMNS = ("event_id", "object_type", "object_id", "activity", "officer_id", "at", "system", "attributes")
PEOPLE = ("org:resource", "resource", "Resource", "user", "officer")

# `found` has one row per event and related object: event, activity, at, attributes (JSON text), object, kind, qualifier.
# An event on one object keeps its own id; an event on several becomes one row per object, with the object in the id.
ROWS = f"""
SELECT CASE WHEN related > 1 THEN event || '|' || object ELSE event END AS event_id,
       coalesce(kind, 'process') AS object_type, coalesce(object, event) AS object_id, activity,
       coalesce({", ".join(f"json_extract_string(attributes, '/{name}')" for name in PEOPLE)}) AS officer_id,
       "at", 'system' AS "system",
       CAST(json_merge_patch(attributes, json_object('ocel:event', event, 'ocel:qualifier', qualifier)) AS VARCHAR)
           AS attributes,
       row_number() OVER (ORDER BY ordinal, object) AS "{LINE}"
FROM (SELECT DISTINCT ON (event, object) *, count(DISTINCT object) OVER (PARTITION BY event) AS related FROM found)
"""
