"""SEL-02: an analyst who lifts the control instructions on one agent's goods, far more often than anybody lifts any."""

from __future__ import annotations

from dataclasses import dataclass

import ibis
import numpy as np
import pandas as pd

from guanjian.engine.clock import month
from guanjian.engine.looked import Looked
from guanjian.engine.tables import declarations, events, instructions
from guanjian.kernel.papers import Subject
from guanjian.kernel.words import Text
from guanjian.signals.behind import ids_behind
from guanjian.signals.detector import Param, detector
from guanjian.signals.pairs import PAIR, judged, named
from guanjian.signals.period import months
from guanjian.signals.roster import SMALLEST_POOL
from guanjian.stats.pair_rate import pair_rates

CELL = ["unit_code", "on"]
NONE = pd.DataFrame(
    {name: pd.Series(dtype=str) for name in (*PAIR, "subject_id", "period")}
    | {name: pd.Series(dtype=float) for name in ("observed", "expected", "variance", "unstated", "instructed")}
)

EXAMPLE = """
declarations: entry_id unit_code agent_id consignee_id
a{i} 2201 报关行一 货主 *40
b{i} 2201 报关行二 货主 *80
instructions: instruction_id kind target_type target_id unit_code issued_by approved_by issued_at
a{i} immediate entry a{i} 2200-02 乙 丙 2026-03-02T09:00+{i}m *40
b{i} immediate entry b{i} 2200-02 丁 丙 2026-03-02T09:00+{i}m *80
events: event_id object_type object_id activity officer_id unit_code at approver_id reason
u{i} entry a{i} override 甲 2200-02 2026-03-03T09:00+{i}m - - *12
v1 entry b1 override 乙 2200-02 2026-03-03T09:00 丙 货物易腐
"""


@detector(
    "SEL-02",
    Text("撤销布控集中于一家企业", "Instructions lifted for one trader"),
    line="risk",
    node="lift_instruction",
    subject=Subject.PAIR,
    reads=("instructions", "events", "declarations"),
    statistical=True,
    pooled="how rare it is to lift an instruction is learned from all units, how much pairs differ from all pairs",
    says=Text(
        "关员 {officer_id} 在查验前人工撤销了对 {trader_id} 的 {observed:.0f} 条布控指令（该企业共 {instructed} 条），其中 {unstated}"
        " 条没有写明理由；按其对其他企业、其他关员对该企业以及全关撤销的比例应约 {expected:.2f} 条（p = {p_value:.2g}）。",
        "Officer {officer_id} lifted {observed:.0f} of the {instructed} control instructions on {trader_id} by hand before"
        " anything was opened, {unstated} without a reason; at the rates at which he lifts those on others, others lift"
        " those on this one, and the administration lifts any, about {expected:.2f} are expected (p = {p_value:.2g}).",
    ),
    params={
        "cut": Param(1.3, Text("−lg p", "−lg p"), Text("p 值的负常用对数至少", "minus the decimal logarithm of p")),
        "least": Param(
            10, Text("条", "instructions"), Text("对该企业至少有几条布控", "on the trader, at least so many")
        ),
        "borrowed": Param(
            2.0,
            Text("条", "lifts"),
            Text("通常比例的分量，折合撤销条数", "how much the usual rate counts, as so many lifts"),
        ),
    },
)
def lifted_for_one(session, cut, least, borrowed):
    """风险岗关员在开箱前撤销布控，多落在同一家报关企业（没有的为收发货人）的货物上。

    比较的单元是风险岗所在单位与月份：当月的布控指令本单位参与布控的任何人都可能撤销。一对关员与企业的应有条数 = 机会 × 本单位撤销的比
    例 × 该关员对其他企业的倍数 × 其他关员对该企业的倍数，各以全关比例补足；易腐货物的代理被所有人多撤，因此不算在任何一人头上。

    Score: −lg p，p 为按上述比例撤销条数达到或超过所见的概率（计入比例本身的不确定和全部配对的实际离散程度）。
    Silent when: 当月参与布控的关员少于三人；对该企业的布控不足 `least` 条；没有记录撤销人；没有布控指令。
    Misses: 一人为许多企业撤销；几人轮流为一家撤销；分工固定由一人办理某企业布控的会被列出，须核对；不下布控的照顾。
    """
    of = _pairs(_counted(session), least, borrowed)
    return Looked(of[of["score"] >= cut], len(of), more=lambda found: _shown(session, found))


def _pieces():
    """Every entry under instruction at a desk, in the month of the first one, with its trader."""
    given = instructions.filter(instructions.target_type == "entry")
    first = given.group_by("unit_code", entry_id="target_id").agg(on=month(given.issued_at.min()))
    heads = declarations.select(
        "entry_id", trader_id=declarations.agent_id.nullif("").fill_null(declarations.consignee_id)
    )
    return first.inner_join(heads, "entry_id").select(*CELL, "entry_id", "trader_id")


def _lifts():
    """Every entry and officer who lifted an instruction on it, whether a reason is written."""
    by_hand = events.filter(
        events.object_type == "entry", events.activity == "override", events.officer_id.length() > 0
    )
    stated = by_hand.reason.fill_null("").length() > 0
    each = by_hand.group_by("officer_id", entry_id="object_id").agg(stated=stated.any())
    return _pieces().inner_join(each, "entry_id").select(*PAIR, "on", "entry_id", "stated")


def _counted(session) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Instructions per cell and trader; who is of the desk in a cell; lifts per cell, officer and trader."""
    pieces, lifts = _pieces(), _lifts()
    given = instructions.filter(instructions.target_type == "entry").mutate(on=month(instructions.issued_at))
    hands = [given.select(*CELL, officer_id=given[who]) for who in ("issued_by", "approved_by")]
    crew = ibis.union(*hands, lifts.select(*CELL, "officer_id"), distinct=True)
    return (
        session.frame(pieces.group_by(*CELL, "trader_id").agg(instructed=pieces.count())),
        session.frame(crew.filter(crew.officer_id.length() > 0)),
        session.frame(lifts.group_by(*PAIR, "on").agg(lifted=lifts.count(), unstated=(~lifts.stated).sum())),
    )


@dataclass(frozen=True)
class _Desk:
    """One unit: officers × traders of chances to lift, lifts, and lifts without a reason; instructions per trader."""

    unit: str
    period: str
    officers: np.ndarray
    traders: np.ndarray
    chances: np.ndarray
    lifted: np.ndarray
    unstated: np.ndarray
    instructed: np.ndarray

    @classmethod
    def of(cls, unit: str, pieces: pd.DataFrame, crew: pd.DataFrame, lifts: pd.DataFrame) -> _Desk:
        """An officer may lift whatever is under instruction in a month in which he has a hand in instructions."""
        officers, officer = np.unique(crew["officer_id"].to_numpy(str), return_inverse=True)
        traders, trader = np.unique(pieces["trader_id"].to_numpy(str), return_inverse=True)
        cells, cell = np.unique(crew["on"], return_inverse=True)
        given = np.zeros((cells.size, traders.size))
        np.add.at(given, (np.searchsorted(cells, pieces["on"]), trader), pieces["instructed"])
        there = np.zeros((officers.size, cells.size))
        there[officer, cell] = 1
        place = tuple(
            np.searchsorted(names, lifts[name].to_numpy(str))
            for names, name in ((officers, "officer_id"), (traders, "trader_id"))
        )
        lifted, unstated = np.zeros((2, officers.size, traders.size))
        np.add.at(lifted, place, lifts["lifted"])
        np.add.at(unstated, place, lifts["unstated"])
        period = months([crew["on"].min()], [crew["on"].max()])[0]
        return cls(unit, period, officers, traders, there @ given, lifted, unstated, given.sum(axis=0))

    def pairs(self, elsewhere: tuple[float, float], least: int, borrowed: float) -> pd.DataFrame:
        """Every pair whose trader has at least so many instructions."""
        mean, variance = pair_rates(self.lifted, self.chances, elsewhere, borrowed)
        who, whose = np.nonzero((self.chances > 0) & (self.instructed >= least)[None, :])
        return pd.DataFrame(
            {
                "unit_code": self.unit, **named(self.officers[who], self.traders[whose]), "period": self.period,
                "observed": self.lifted[who, whose], "unstated": self.unstated[who, whose],
                "instructed": self.instructed[whose], "expected": mean[who, whose],
                "variance": variance[who, whose],
            }
        )  # fmt: skip


def _pairs(counted: tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame], least: int, borrowed: float) -> pd.DataFrame:
    pieces, crew, lifts = counted
    crew = crew[crew.groupby(CELL)["officer_id"].transform("size") >= SMALLEST_POOL]
    cells = crew[CELL].drop_duplicates()
    given, hands, lifted = (dict(list(of.merge(cells, on=CELL).groupby("unit_code"))) for of in (pieces, crew, lifts))
    desks = [_Desk.of(unit, of, hands[unit], lifted.get(unit, lifts[:0])) for unit, of in given.items()]
    total = np.array([(desk.lifted.sum(), desk.chances.sum()) for desk in desks]).reshape(-1, 2)
    of = pd.concat(
        [
            NONE,
            *(desk.pairs(tuple(total.sum(0) - own), least, borrowed) for desk, own in zip(desks, total, strict=True)),
        ],
        ignore_index=True,
    )
    return judged(of).astype({"unstated": int, "instructed": int})


def _shown(session, found: pd.DataFrame) -> pd.DataFrame:
    return found.assign(rows=ids_behind(session, _lifts(), "entry_id", found[PAIR]))
