"""Who shares a phone, an address or a representative with whom."""

import re

from tests.signals.plain.tools import groups


def beside(world, hub):
    """Enterprise → those that it shares something with which at most `hub` enterprises have."""
    told = set()
    for row in world["enterprises"]:
        phone = re.sub(r"[^0-9]", "", row["phone"] or "")[-11:]
        address = re.sub(r"[\s,，.。、·#()（）_-]+", "", row["address"] or "").lower()
        name = re.sub(r"[\s,，.。、·#()（）_-]+", "", row["legal_rep"] or "").lower()
        for kind, text, least in (("phone", phone, 7), ("address", address, 4), ("legal_rep", name, 2)):
            if len(text) >= least:
                told.add((kind, text, row["enterprise_id"]))
    near = {}
    for same in groups(told, lambda each: each[:2]).values():
        if 2 <= len(same) <= hub:
            for _, _, who in same:
                near.setdefault(who, set()).update(other for _, _, other in same if other != who)
    return near
