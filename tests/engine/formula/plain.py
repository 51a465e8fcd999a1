"""What a formula means, row by row in plain Python: slow, and nothing of the engine's own."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from datetime import date, timedelta
from statistics import median

from guanjian.customs.formula.check import measure_of
from guanjian.customs.formula.traits import FACTS
from guanjian.customs.formula.tree import Feature, Number, Parameter
from guanjian.kernel.workdays import CHINA

YEAR = {"day": 364, "week": 52, "month": 12, "quarter": 4, "year": 1}


def local(at):
    return at.astimezone(CHINA) if hasattr(at, "astimezone") else at


def day_of(at) -> date:
    at = local(at)
    return at.date() if hasattr(at, "hour") else at


def number(day: date, period: str) -> int:
    days = day.toordinal() - date(1970, 1, 1).toordinal()
    return {
        "day": days,
        "week": (days + 3) // 7,
        "month": day.year * 12 + day.month - 1,
        "quarter": day.year * 4 + (day.month - 1) // 3,
        "year": day.year,
    }[period]


class Plain:
    """Every answer of an indicator in a world."""

    def __init__(self, indicator, tables):
        self.indicator = indicator
        self.world = {name: table.to_pylist() for name, table in tables.items()}
        self.periodic = indicator.thing.periodic
        self.period = str(indicator.period) if self.periodic else "month"
        self.facts = {name: self.rows(fact) for name, fact in FACTS.items()}

    def rows(self, fact):
        heads = {row["entry_id"]: row for row in self.world.get("declarations", [])}
        found = self.world.get(fact.table, [])
        if fact.table in ("items", "examinations"):
            found = [{**heads[row["entry_id"]], **row} for row in found if row["entry_id"] in heads]
        found = [row for row in found if all(row[column] != never for column, never in fact.only)]
        if self.indicator.district != "0000":
            found = [row for row in found if (row["unit_code"] or "")[:2] == self.indicator.district[:2]]
        return found

    def trait(self, row, trait):
        first, *rest = (row[name] for name in trait.columns)
        if trait.how == "given":
            return first is not None
        if first is None or None in rest:
            return None
        if trait.how in ("hours", "minutes", "days"):
            seconds = (rest[0] - first).total_seconds()
            return seconds / {"hours": 3600, "minutes": 60, "days": 86400}[trait.how]
        if trait.how == "clock":
            return float(local(first).hour)
        if trait.how == "each":
            return float(first) / float(rest[0]) if rest[0] else None
        return float(first) if trait.kind == "number" else first

    def meets(self, row, fact, name, direction, value):
        trait = fact.traits[name]
        have = self.trait(row, trait)
        if have is None:
            return False
        if trait.kind == "yes":
            return have == ((value == "是") == (direction == "="))
        want = float(value) if trait.kind == "number" else value
        return compared(have, direction, want)

    def key(self, row):
        name = self.indicator.thing.name
        if name == "商品项":
            return f"{row['entry_id']}-{row['item_no']}"
        return row[{"报关单": "entry_id", "企业": "consignee_id", "单位": "unit_code", "案件": "case_id"}[name]]

    def keyed(self, fact):
        """The fact's rows by the object (and period) to which they belong."""
        found = defaultdict(list)
        for row in self.facts[fact]:
            if self.key(row) is not None:
                at = number(day_of(row[FACTS[fact].when]), self.period) if self.periodic else None
                found[self.key(row), at].append(row)
        return found

    def gathered(self, measure, where, keys):
        fact = FACTS[measure.fact]
        rows = self.keyed(measure.fact)
        conditions = [(name, "=", value) for name, value in measure.where] + [
            (w.name, w.direction, w.value) for w in where
        ]
        found = {}
        for key in keys:
            mine = [row for row in rows.get(key, []) if all(self.meets(row, fact, *one) for one in conditions)]
            if measure.how == "count":
                found[key] = float(len(mine))
                continue
            values = [value for row in mine if (value := self.trait(row, measure.own)) is not None]
            total = sum(values) if values else None
            found[key] = total / len(values) if values and measure.how == "mean" else total
        return found

    def now(self, feature, keys):
        measure = measure_of(feature)
        if measure.how == "own":
            rows = {(self.key(row), None): row for row in self.facts[measure.fact]}
            return {key: self.trait(rows[key], measure.own) for key in keys}
        if measure.how == "share":
            part, whole = (self.gathered(self.indicator.thing.measures[name], (), keys) for name in measure.of)
            return {key: part[key] / whole[key] if whole[key] else None for key in keys}
        return self.gathered(measure, feature.where, keys)

    def keys(self, features):
        if not self.periodic:
            return [(self.key(row), None) for row in self.facts[self.indicator.thing.fact]]
        facts = set()
        for one in features:
            measure = measure_of(one)
            names = measure.of if measure.how == "share" else (one.name,)
            facts |= {self.indicator.thing.measures[name].fact for name in names}
        return sorted({key for fact in facts for key in self.keyed(fact)})

    def peers(self):
        """What makes two objects comparable."""
        name = self.indicator.thing.name
        if name == "企业":
            homes = defaultdict(Counter)
            for row in self.facts["申报"]:
                homes[row["consignee_id"], number(day_of(row["declared_at"]), self.period)][row["unit_code"]] += 1
            best = {key: min(units, key=lambda unit, u=units: (-u[unit], unit)) for key, units in homes.items()}
            return lambda key: (best.get(key, ""), key[1])
        if name == "单位":
            units = {row["unit_code"]: row for row in self.world.get("units", [])}
            kinds = {code: (row["level"], row["kind"], row["peer_group"] or "") for code, row in units.items()}
            return lambda key: (kinds.get(key[0]), key[1])
        rows = {self.key(row): row for row in self.facts[self.indicator.thing.fact]}
        if name == "案件":
            return lambda key: (rows[key[0]]["kind"], local(rows[key[0]]["filed_at"]).year)
        names = {
            "商品项": ("hs_code", "origin_country", "quantity_unit", "ie"),
            "报关单": ("unit_code", "trade_mode", "ie"),
        }[name]
        return lambda key: (
            tuple(rows[key[0]][one] or "" for one in names),
            number(day_of(rows[key[0]]["declared_at"]), "month"),
        )

    def at(self, feature, values, keys):
        if not feature.at:
            return values
        if feature.at == "同类":
            group, groups = self.peers(), defaultdict(list)
            for key in keys:
                if values[key] is not None:
                    groups[group(key)].append(values[key])
            return {key: median(groups[group(key)]) if len(groups[group(key)]) >= 5 else None for key in keys}
        span = {"上期": (1, 1), "去年同期": (YEAR[self.period],) * 2}.get(feature.at)
        near, far = span or (1, int(feature.at[1:-1]))
        found = {}
        for who, when in keys:
            earlier = [values.get((who, when - back)) for back in range(near, far + 1)]
            known = [value for value in earlier if value is not None]
            found[who, when] = sum(known) / len(known) if known else None
        return found

    def answers(self):
        from guanjian.customs.formula.tree import features

        wanted = features(self.indicator.call)
        keys = self.keys(wanted)
        columns = {one: self.at(one, self.now(one, keys), keys) for one in wanted}
        return {key: self.answer(self.indicator.call, columns, key) for key in keys}

    def answer(self, call, columns, key):
        if call.cut is None:
            return logic(call.operator, [self.answer(inner, columns, key) for inner in call.values])
        given = [self.value(value, columns, key) for value in call.values]
        if call.operator == "SUB":
            if given[0] is None or given[0] == []:
                return None
            have = {given[0]} if isinstance(given[0], str) else set(given[0])
            return (have <= set(call.cut.value.values)) == (call.cut.direction == "⊆")
        cut = self.value(call.cut.value, columns, key)
        if isinstance(call.cut.value, Number) and call.cut.value.percent:
            cut = {"DIFFR": cut * 100, "DIFF": None if given[-1] is None else cut * given[-1]}.get(call.operator, cut)
        if None in given or cut is None:
            return None
        figure = computed(call.operator, given)
        return None if figure is None else compared(figure, call.cut.direction, cut)

    def value(self, value, columns, key):
        if isinstance(value, Feature):
            return columns[value][key]
        if isinstance(value, Number):
            return value.amount
        assert isinstance(value, Parameter)
        began = self.began(key)
        dated = [one for one in self.indicator.parameters if one.name == value.name]
        return [dated[0], *(one for one in dated[1:] if one.since <= began)][-1].value

    def began(self, key):
        """The first day of the period."""
        if self.periodic:
            at = key[1]
        else:
            fact = FACTS[self.indicator.thing.fact]
            row = next(row for row in self.facts[self.indicator.thing.fact] if self.key(row) == key[0])
            at = number(day_of(row[fact.when]), "month")
        day = date(2024, 1, 1)
        while number(day, self.period) < at:
            day += timedelta(days=1)
        return day


def compared(a, direction, b):
    return {"≥": a >= b, ">": a > b, "≤": a <= b, "<": a < b, "=": a == b, "≠": a != b}[direction]


def computed(name, v):
    half = len(v) // 2
    mean = sum(v) / len(v)
    match name:
        case "CMP":
            return v[0]
        case "DIFF":
            return v[0] - v[1]
        case "MUL":
            return v[0] * v[1]
        case "RATIO":
            return v[0] / v[1] if v[1] else None
        case "DIFFR":
            return (v[0] - v[1]) / v[1] * 100 if v[1] else None
        case "AVG":
            return mean
        case "VAR" | "MVAR":
            return sum((x - mean) ** 2 for x in v) / len(v)
        case "DIST" | "DIST3D":
            return math.dist(v[:half], v[half:])
        case "WAVG":
            return sum(w * x for w, x in zip(v[::2], v[1::2], strict=True))
        case "DIFFX":
            return abs(v[0] - v[1]) + abs(v[1] - v[2]) + abs(v[2] - v[0])
        case "PROB":
            return v[0] * v[1] * v[2]
    lengths = math.hypot(*v[:half]) * math.hypot(*v[half:])
    return sum(a * b for a, b in zip(v[:half], v[half:], strict=True)) / lengths if lengths else None


TRUTH = {
    "AND": all,
    "AND3": all,
    "OR": any,
    "OR3": any,
    "XOR": lambda v: sum(v) == 1,
    "XOR3": lambda v: sum(v) == 1,
    "IMP": lambda v: not v[0] or v[1],
    "IMP3": lambda v: not (v[0] and v[1]) or v[2],
    "NAND": lambda v: not all(v),
    "NOR": lambda v: not any(v),
    "XNOR": lambda v: v[0] == v[1],
}


def logic(name, given):
    """True or false if it is that whatever the missing answers were; missing otherwise."""
    fills = [[]]
    for one in given:
        fills = [[*fill, value] for fill in fills for value in ((True, False) if one is None else (one,))]
    outcomes = {bool(TRUTH[name](fill)) for fill in fills}
    return outcomes.pop() if len(outcomes) == 1 else None
