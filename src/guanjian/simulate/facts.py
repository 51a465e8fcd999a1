"""How does a day's work look as rows of the fact tables?"""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from guanjian.simulate import columns
from guanjian.simulate.control import LANES
from guanjian.simulate.goods import CURRENCIES, MEAN_KG, PARTNERS
from guanjian.simulate.handling import HANDLINGS
from guanjian.simulate.parts import Parts
from guanjian.simulate.units import PORTS
from guanjian.simulate.work import MODES, NONE, PRICE, Work
from guanjian.simulate.world import World

TRADE_MODES = ("0110", "0615", "0214", "1233", "3010")
TRADE_SHARES = np.cumsum([0.8, 0.13, 0.04, 0.02, 0.01])
DUTY_NATURES = ("101", "503", "502", "307", "299")
FIND_KINDS = ("tax", "delete_amend", "permit", "ipr", "other")
TOPICS = ("涉税商品", "套代购", "农产品", "成品油", "濒危物种", "固体废物", "涉检", "骗退税")
TOPIC_SHARES = np.cumsum([0.34, 0.18, 0.26, 0.05, 0.05, 0.04, 0.05, 0.03])  # rough shares of the cases of 2023
DIRECTIONS = pa.array(["import", "export"])
CHOICES = {
    name: pa.array(list(words))
    for name, words in {
        "ports": PORTS.values(), "trade": TRADE_MODES, "nature": DUTY_NATURES, "terms": ("1", "3", "2"), "lanes": LANES,
        "modes": MODES, "finds": FIND_KINDS, "handling": HANDLINGS, "currency": CURRENCIES, "partners": PARTNERS,
        "topics": TOPICS,
    }.items()
}  # fmt: skip


def mixed(values: np.ndarray, salt: int) -> np.ndarray:
    """A fixed pseudo-random fraction per number: for features that belong to a trader and never change."""
    mixed = (values.astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15) + np.uint64(salt)) * np.uint64(0xBF58476D1CE4E5B9)
    return (mixed >> np.uint64(40)).astype(np.float64) / 2**24


def declarations(world: World, work: Work, parts: Parts) -> None:
    """One row per entry."""
    goods, words, first = world.goods, world.words, work.cell[work.first_item]
    net = np.bincount(work.item_entry, work.quantity * goods.kg[work.cell], work.count)
    gross = net * (MEAN_KG - 0.03 + 0.06 * mixed(work.trader, 5))
    mode = np.searchsorted(TRADE_SHARES[:-1], mixed(work.trader * 3 + work.way, 1))
    enterprise = world.trader_enterprise(work.trader)
    agent = np.where(world.agents.own[work.agent], -1, world.agents.enterprise[work.agent])
    abroad = np.where(work.way == 0, goods.origin[first], -1)
    partner = (mixed(work.trader, 2) ** 2 * len(PARTNERS)).astype(np.int64)
    country = pa.concat_arrays([goods.countries, CHOICES["partners"]])
    released = np.where(work.release_at <= world.period.cutoff, work.release_at, -1)
    parts.add(
        "declarations",
        entry_id=columns.texts(work.entry),
        unit_code=columns.names(work.house, words["units"]),
        ie=columns.names(work.way, DIRECTIONS),
        declared_at=columns.stamps(work.declared),
        released_at=columns.stamps(released),
        trade_mode=columns.names(mode, CHOICES["trade"]),
        duty_nature=columns.names(mode, CHOICES["nature"]),
        transport_mode=columns.names(world.units.transport[work.house], CHOICES["ports"]),
        trade_term=columns.names((mixed(work.trader, 3) * 3).astype(int), CHOICES["terms"]),
        consignee_id=columns.spelled(enterprise, words["enterprises"]),
        agent_id=columns.spelled(agent, words["enterprises"]),
        overseas_party=columns.texts(columns.prefixed("SIM-", columns.digits(work.trader * 7 + first % 3, 8))),
        departure_country=columns.names(np.where(work.way == 0, abroad, len(goods.countries) + partner), country),
        gross_kg=columns.amounts(gross),
        net_kg=columns.amounts(net),
        packages=pa.array(np.maximum(1, np.rint(gross / 420)).astype(np.int64)),
        value_cny=columns.amounts(work.value),
        tax_cny=columns.amounts(work.tax * (mode == 0)),
    )


def items(world: World, work: Work, parts: Parts) -> None:
    """One row per goods line."""
    goods, mode = world.goods, np.searchsorted(TRADE_SHARES[:-1], mixed(work.trader * 3 + work.way, 1))
    rate = goods.rate[work.cell] * (mode == 0)[work.item_entry]
    commodity = goods.commodity[work.cell]
    parts.add(
        "items",
        entry_id=columns.texts(work.entry[work.item_entry]),
        item_no=pa.array(work.item_no),
        hs_code=columns.names(commodity, goods.hs),
        goods_name=columns.names(commodity, goods.names),
        quantity=columns.amounts(work.quantity),
        quantity_unit=columns.names(goods.unit[work.cell], goods.units),
        unit_price=columns.exact(work.unit_price.astype(np.int64)),
        currency=columns.names(work.currency, CHOICES["currency"]),
        value_cny=columns.amounts(work.item_value),
        origin_country=columns.names(goods.origin[work.cell], goods.countries),
        tax_rate=pa.array(rate),
        tax_cny=columns.amounts(work.item_value * rate),
    )


def selections(world: World, work: Work, parts: Parts) -> None:
    """One row per entry, opened or not, with the chance that it had."""
    parts.add(
        "selections",
        entry_id=columns.texts(work.entry),
        decided_at=columns.stamps(work.decided),
        unit_code=columns.names(work.house, world.words["units"]),
        lane=columns.names(work.lane, CHOICES["lanes"]),
        selected=pa.array(work.selected),
        propensity=pa.array(np.round(work.propensity, 6)),
        score=pa.array(np.round(work.score, 4)),
        model_version=columns.constant("sim-1", work.count),
    )


def examinations(world: World, work: Work, parts: Parts) -> None:
    """One row per instruction and per examination."""
    entry, words = work.entry[work.exam_entry], world.words
    known = work.exam_end <= world.period.cutoff
    instruction = columns.texts(columns.prefixed("B", entry))
    some = work.found != NONE
    parts.add(
        "instructions",
        instruction_id=instruction,
        kind=columns.constant("immediate", len(entry)),
        target_type=columns.constant("entry", len(entry)),
        target_id=columns.texts(entry),
        unit_code=columns.names(world.team_unit[work.issue_team], words["units"]),
        issued_by=columns.names(work.issuer, words["officers"]),
        approved_by=columns.names(work.approver, words["officers"]),
        issued_at=columns.stamps(work.issued_at),
        signed_at=columns.stamps(work.signed_at),
        hit_at=columns.stamps(work.issued_at),
        lifted_at=columns.stamps(np.where(known, work.exam_end + 300, -1)),
        required_mode=columns.names(work.required, CHOICES["modes"]),
        result=columns.names(np.where(known, some.astype(int), -1), pa.array(["no_find", "find"])),
    )
    done = np.flatnonzero(known)
    parts.add("examinations", **_examined(world, work, done, instruction))


def _examined(world: World, work: Work, done: np.ndarray, instruction: pa.Array) -> dict[str, pa.Array]:
    entry, words = work.exam_entry[done], world.words
    low = work.found[done] == PRICE
    return {
        "exam_id": columns.texts(columns.prefixed("C", work.entry[entry])),
        "entry_id": columns.texts(work.entry[entry]),
        "instruction_id": instruction.take(pa.array(done)),
        "required_mode": columns.names(work.required[done], CHOICES["modes"]),
        "mode": columns.names(work.mode[done], CHOICES["modes"]),
        "officer1": columns.names(work.lead[done], words["officers"]),
        "officer2": columns.names(work.second[done], words["officers"]),
        "started_at": columns.stamps(work.exam_at[done]),
        "ended_at": columns.stamps(work.exam_end[done]),
        "place": columns.names(world.team_unit[work.exam_team[done]], words["units"]),
        "finding": pa.array(work.found[done] != NONE),
        "find_kind": columns.names(work.found[done] - 1, CHOICES["finds"]),
        "handling": columns.names(work.handling[done], CHOICES["handling"]),
        "assessed_value_cny": columns.amounts(np.where(low, work.true_value[entry], np.nan)),
        "evaded_cny": columns.amounts(np.where(low, work.short_tax[entry], np.nan)),
    }


def cases(world: World, work: Work, parts: Parts) -> None:
    """One row per case, and the fines of those that are administrative."""
    known = work.filed_at <= world.period.cutoff
    exam, count = work.case_exam[known], int(known.sum())
    entry, words = work.exam_entry[exam], world.words
    case_id = columns.texts(columns.prefixed("A", work.entry[entry]))
    bureau = _bureau(world, work, entry)
    criminal = work.criminal[known]
    one = np.arange(count + 1, dtype=np.int32)
    traders = columns.spelled(world.trader_enterprise(work.trader[entry]), words["enterprises"])
    parts.add(
        "cases",
        case_id=case_id,
        kind=columns.names(criminal.astype(int), pa.array(["administrative", "criminal"])),
        unit_code=columns.names(bureau, words["units"]),
        filed_at=columns.stamps(work.filed_at[known]),
        found_by_unit=columns.names(work.house[entry], words["units"]),
        found_by_officer=columns.names(work.lead[exam], words["officers"]),
        found_at_stage=columns.constant("examination", count),
        topic=columns.names(np.searchsorted(TOPIC_SHARES[:-1], mixed(work.trader[entry], 9)), CHOICES["topics"]),
        modus=pa.ListArray.from_arrays(one, columns.spelled(work.found[exam] - 1, CHOICES["finds"])),
        channel=columns.constant("cargo", count),
        entry_ids=pa.ListArray.from_arrays(one, columns.texts(work.entry[entry])),
        enterprise_ids=pa.ListArray.from_arrays(one, traders),
        hs_code=columns.names(world.goods.commodity[work.cell[work.first_item[entry]]], world.goods.hs),
        value_cny=columns.amounts(work.true_value[entry]),
        evaded_cny=columns.amounts(work.short_tax[entry]),
        status=columns.names(criminal.astype(int), pa.array(["penalised", "investigating"])),
        label=columns.constant("limited", count),
    )
    _fines(world, work, parts, np.flatnonzero((work.fined_at > 0) & (work.fined_at <= world.period.cutoff)))


def _bureau(world: World, work: Work, entry: np.ndarray) -> np.ndarray:
    return world.team_unit[world.staff.of_district["case"][world.units.district[work.house[entry]]]]


def _fines(world: World, work: Work, parts: Parts, case: np.ndarray) -> None:
    entry, words = work.exam_entry[work.case_exam[case]], world.words
    base = np.maximum(np.where(work.short_tax[entry] > 0, work.short_tax[entry], work.value[entry] * 0.1), 500.0)
    tier = (mixed(work.trader[entry], 6) * 3).astype(int)
    share = np.array([0.35, 0.55, 0.9])[tier] + 0.2 * (mixed(work.trader[entry], 7) - 0.5)
    both = np.column_stack([work.fined_by[case], work.fined_with[case]]).ravel()
    parts.add(
        "penalties",
        case_id=columns.texts(columns.prefixed("A", work.entry[entry])),
        decided_at=columns.stamps(work.fined_at[case]),
        tier=columns.names(tier, pa.array(["reduced", "light", "normal"])),
        base_cny=columns.amounts(base),
        fine_cny=columns.amounts(base * share),
        officers=pa.ListArray.from_arrays(
            np.arange(0, 2 * len(case) + 1, 2, dtype=np.int32), columns.spelled(both, words["officers"])
        ),
    )
