"""Who was fined where the law demands a transfer? For the system: cases, units and amounts, no person."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

from guanjian.lenses.glass import lake_at, rows


def fined_as_crimes(path: Path, crime_from_cny: dict[str, Decimal]) -> list[dict[str, Any]]:
    """Administrative cases that were fined although the duty evaded reaches the criminal threshold (移送规定 art. 11).

    A company's threshold counts where the case names an enterprise, a person's where it names none. A case about a
    declaration that a criminal case is about too was not kept from the police.
    """
    lake = lake_at(path)
    fined = f"""
        WITH cases AS ({lake.select("cases")}), fines AS ({lake.select("penalties")}),
             sought AS (SELECT DISTINCT unnest(entry_ids) AS entry_id FROM cases WHERE kind = 'criminal')
        SELECT c.case_id, c.unit_code, c.evaded_cny, sum(f.fine_cny) AS fine_cny, min(f.decided_at) AS decided_at
        FROM cases AS c JOIN fines AS f USING (case_id)
        WHERE c.kind = 'administrative' AND f.fine_cny > 0
          AND c.evaded_cny >= CASE WHEN len(c.enterprise_ids) > 0 THEN ? ELSE ? END
          AND NOT EXISTS (SELECT 1 FROM sought AS s WHERE list_contains(c.entry_ids, s.entry_id))
        GROUP BY ALL ORDER BY c.case_id"""
    return rows(fined, [crime_from_cny["unit"], crime_from_cny["person"]])
