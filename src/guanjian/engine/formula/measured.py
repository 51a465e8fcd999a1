"""One row per object (and period) with a column for every feature of the formula: `f0`, `f1`, …"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import ibis
from ibis.expr.types import Table, Value

from guanjian.customs.formula.check import measure_of
from guanjian.customs.formula.indicator import Indicator, Period
from guanjian.customs.formula.traits import CASE, ENTERPRISE, FACTS, ITEM
from guanjian.customs.formula.tree import Feature, Where, features
from guanjian.customs.formula.vocabulary import FEWEST_PEERS, LAST, PEERS, YEAR_AGO, Measure, Thing
from guanjian.engine import tables
from guanjian.engine.clock import day
from guanjian.engine.formula.facts import UNIT, holds, rows_of, value_of
from guanjian.engine.formula.spans import IN_A_YEAR, number

KEYS = ("subject_id", "number")
ALIKE_ITEMS = ("hs_code", "origin_country", "quantity_unit", "ie")
ALIKE_ENTRIES = (UNIT, "trade_mode", "ie")


def measured(indicator: Indicator) -> Table:
    """`subject_id`, `number` (of the period), `unit_code`, and the features in the order of the formula."""
    wanted = features(indicator.call)
    now = list(dict.fromkeys(replace(one, at="", place=0) for one in wanted))
    base = (_by_period if indicator.thing.periodic else _by_row)(indicator, now)
    for place, feature in enumerate(wanted):
        base = _at(base, indicator, feature, (f"f{place}", _column(now, feature)))
    return base.select(*KEYS, UNIT, *(f"f{place}" for place in range(len(wanted))))


def _column(now: Sequence[Feature], feature: Feature) -> str:
    return f"n{now.index(replace(feature, at='', place=0))}"


def _by_row(indicator: Indicator, now: Sequence[Feature]) -> Table:
    """The object's own rows, with what was counted over them."""
    thing, fact = indicator.thing, FACTS[indicator.thing.fact]
    rows = rows_of(fact, indicator.district)
    own = {f"n{n}": value_of(rows, measure_of(one).own) for n, one in enumerate(now) if measure_of(one).how == "own"}
    subject = rows.entry_id if thing.name != CASE else rows.case_id
    if thing.name == ITEM:
        subject = rows.entry_id + "-" + rows.item_no.cast("string")
    base = rows.select(
        subject_id=subject,
        number=number(rows[fact.when], Period.MONTH),
        unit_code=rows[UNIT],
        **own,
        **_peer_keys(rows, thing),
    )
    counted = [(n, one) for n, one in enumerate(now) if measure_of(one).how != "own"]
    if not counted:
        return base
    over = _gathered(indicator, [one for _, one in counted], by_period=False)
    names = {f"n{n}": over[f"m{m}"] for m, (n, _) in enumerate(counted)}
    joined = base.left_join(over.select(over.subject_id, **names), "subject_id")
    zeros = {f"n{n}": joined[f"n{n}"].fill_null(0.0) for n, one in counted if measure_of(one).how == "count"}
    return joined.drop("subject_id_right").mutate(**zeros)


def _peer_keys(rows: Table, thing: Thing) -> dict[str, Value]:
    """The columns that make two rows comparable."""
    if thing.name == CASE:
        return {"p0": rows.kind, "p1": day(rows.filed_at).year().cast("string")}
    names = ALIKE_ITEMS if thing.name == ITEM else ALIKE_ENTRIES
    return {f"p{n}": rows[name].fill_null("") for n, name in enumerate(names)}


def _by_period(indicator: Indicator, now: Sequence[Feature]) -> Table:
    """Every object in every period in which one of the facts knows it."""
    base = _gathered(indicator, now, by_period=True)
    base = base.rename({f"n{n}": f"m{n}" for n in range(len(now))})
    if indicator.thing.name == ENTERPRISE:
        base = base.left_join(_main_units(indicator), KEYS).drop("subject_id_right", "number_right")
        return base.mutate(unit_code=base[UNIT].fill_null(""), p0=base[UNIT].fill_null(""))
    units = tables.units
    known = units.select(unit=units.unit_code, p0=units.level, p1=units.kind, p2=units.peer_group.fill_null(""))
    base = base.left_join(known, base.subject_id == known.unit).drop("unit")
    return base.mutate(unit_code=base.subject_id)


def _main_units(indicator: Indicator) -> Table:
    """Where an enterprise declares most in a period; of equals the first code."""
    rows = rows_of(FACTS["申报"], indicator.district)
    rows = rows.select(
        subject_id=rows.consignee_id, number=number(rows.declared_at, indicator.period), unit_code=rows[UNIT]
    )
    counted = rows.group_by(*KEYS, UNIT).agg(times=rows.count())
    place = ibis.row_number().over(group_by=list(KEYS), order_by=[counted.times.desc(), counted[UNIT]])
    return counted.mutate(place=place).filter(lambda t: t.place == 0).select(*KEYS, UNIT)


def _gathered(indicator: Indicator, now: Sequence[Feature], *, by_period: bool) -> Table:
    """Counts, sums and means of several facts beside each other (`m0` …): each fact is read once."""
    parts = [part for one in now for part in _parts(indicator.thing, one)]
    facts = list(dict.fromkeys(part.fact for part, _ in parts))
    pieces = [_of_fact(indicator, fact, parts, by_period) for fact in facts]
    keys = KEYS if by_period else KEYS[:1]
    stacked = pieces[0] if len(pieces) == 1 else ibis.union(*pieces)
    together = stacked.group_by(*keys).agg(**{f"c{n}": stacked[f"c{n}"].max() for n in range(len(parts))})
    zeros = {f"c{n}": together[f"c{n}"].fill_null(0.0) for n, (part, _) in enumerate(parts) if part.how == "count"}
    together = together.mutate(**zeros) if zeros else together
    places = iter(range(len(parts)))
    columns = {}
    for n, one in enumerate(now):
        mine = [together[f"c{next(places)}"] for _ in _parts(indicator.thing, one)]
        columns[f"m{n}"] = mine[0] / mine[1].nullif(0.0) if len(mine) == 2 else mine[0]
    return together.select(*keys, **columns)


def _parts(thing: Thing, feature: Feature) -> list[tuple[Measure, tuple[Where, ...]]]:
    """What is gathered for a feature: itself, or the two counts of a share."""
    measure = measure_of(feature)
    if measure.how == "share":
        return [(thing.measures[name], _said(thing.measures[name])) for name in measure.of]
    return [(measure, (*_said(measure), *feature.where))]


def _said(measure: Measure) -> tuple[Where, ...]:
    return tuple(Where(name, "=", value) for name, value in measure.where)


def _of_fact(indicator: Indicator, name: str, parts: list, by_period: bool) -> Table:
    """The measures that rest on this fact; the columns of the others stay empty."""
    fact = FACTS[name]
    rows = rows_of(fact, indicator.district)
    key = rows[fact.links[indicator.thing.name]]
    rows = rows.mutate(subject_id=key, number=number(rows[fact.when], indicator.period)).filter(key.notnull())
    columns = {
        f"c{n}": _figure(rows, part, where) if part.fact == name else ibis.null("float64")
        for n, (part, where) in enumerate(parts)
    }
    keys = KEYS if by_period else KEYS[:1]
    return rows.group_by(*keys).agg(**columns).select(*keys, *columns)


def _figure(rows: Table, part: Measure, where: tuple[Where, ...]) -> Value:
    met = holds(rows, FACTS[part.fact], where)
    if part.how == "count":
        return rows.count(where=met).cast("float64")
    value = value_of(rows, part.own)
    return (value.sum(where=met) if part.how == "sum" else value.mean(where=met)).cast("float64")


def _at(base: Table, indicator: Indicator, feature: Feature, names: tuple[str, str]) -> Table:
    """The feature's column: as it is, of another period, or of the peers."""
    name, column = names
    if not feature.at:
        return base.mutate(**{name: base[column]})
    if feature.at == PEERS:
        return base.mutate(**{name: _middle(base, indicator, column)})
    first, last = _back(feature.at, indicator.period)
    mine, earlier = base.select(*KEYS), base.select(whose=base.subject_id, at=base.number, found=base[column])
    near = [mine.subject_id == earlier.whose, mine.number - last <= earlier["at"], mine.number - first >= earlier["at"]]
    mean = mine.inner_join(earlier, near).group_by(*KEYS).agg(**{name: ibis._.found.mean()})
    return base.left_join(mean, KEYS).drop("subject_id_right", "number_right")


def _back(at: str, period: Period) -> tuple[int, int]:
    """How many periods back, from and to."""
    if at == LAST:
        return 1, 1
    if at == YEAR_AGO:
        return IN_A_YEAR[period], IN_A_YEAR[period]
    return 1, int(at[1:-1])


def _middle(base: Table, indicator: Indicator, column: str) -> Value:
    """The peers' median, itself among them; missing where they are too few."""
    alike = ["number", *(name for name in base.columns if name[0] == "p" and name[1:].isdigit())]
    if indicator.thing.name == CASE:
        alike.remove("number")
    window = ibis.window(group_by=alike)
    found = base[column]
    return ibis.ifelse(found.count().over(window) >= FEWEST_PEERS, found.median().over(window), None)
