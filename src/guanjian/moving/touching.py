"""Which records have to do with these goods or enterprises, be it as their subject or among what they name?"""

from __future__ import annotations

import json

from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast


def touching(rows: QuerySet, kind: str, *codes: str) -> QuerySet:
    """The rows about one of these, or that name it among their goods (hs_code: its beginning) or enterprises."""
    own = {field.name for field in rows.model._meta.concrete_fields}
    wanted = Q(subject_type=kind, subject_id__in=codes)
    if kind == "hs_code" and "hs_code" in own:
        for code in codes:
            wanted |= Q(hs_code__startswith=code)
    if kind == "enterprise" and "enterprises" in own:
        rows = rows.alias(named=Cast("enterprises", TextField()))
        for code in codes:
            wanted |= Q(named__contains=json.dumps(code)) | Q(named__contains=f'"{code}"')
    return rows.filter(wanted)
