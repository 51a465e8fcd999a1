"""The step table of 一案双查 (domain §3.7): assessed after the look-back, waived only by two, handled by other hands."""

from datetime import date, datetime

from guanjian.kernel.flow import Flow, Step, Wait
from guanjian.kernel.handling import LONGEST_MONTHS, Mode
from guanjian.kernel.needs import Need
from guanjian.kernel.words import Names, Text
from guanjian.kernel.workdays import CHINA, Limit, add_months
from guanjian.loops.inquiry import needs
from guanjian.loops.inquiry.needs import Risk
from guanjian.loops.inquiry.triggers import Trigger
from guanjian.org.posts import Post

PROPOSED = "默认参数（一案双查），待本单位核定 · proposed default"


class S(Names):
    """The states of an inquiry."""

    TRIGGERED = "triggered", "待研判", "To be assessed"
    ASSESSED = "assessed", "待定是否双查", "To be decided"
    WAIVING = "waiving", "无需双查待批", "Waiver to be approved"
    RUNNING = "running", "同步调查", "Under inquiry"
    HANDED = "handed", "线索已移送纪检", "Clue handed over"
    HANDLING = "handling", "线索处置中", "Clue being handled"
    FED_BACK = "fed_back", "待通报堵漏", "To be circulated"
    PLUGGING = "plugging", "堵漏中", "Loophole being plugged"
    CIRCULATED = "circulated", "待办结", "To be closed"
    WAIVED = "waived", "无需双查", "Waived"
    CLOSED = "closed", "办结", "Closed"


GOING = (S.TRIGGERED, S.ASSESSED, S.WAIVING, S.RUNNING, S.HANDED, S.HANDLING)


def _looked_back(record) -> Text | None:
    if record.look_back_total is None:
        return Text("倒查清单尚未生成，不能研判。", "Nothing is assessed before the look-back list is there.")
    return None


def _may_be_waived(record) -> Text | None:
    """A named officer or a high risk is always looked into."""
    if record.risk == Risk.HIGH or Trigger.STAFF_NAMED in record.triggers:
        return Text(
            "渎职风险高或已反映到具体人员的，必须双查。", "A high risk or a stated officer is always looked into."
        )
    return None


def _two(record, facts) -> Text | None:
    if len(set(facts["team"])) < 2:
        return Text("双查人员须两人以上。", "At least two people.")
    if set(facts["team"]) & record.served_there(facts["team"]):
        return Text(
            "双查人员曾在经办单位任职，须回避。", "One of the team served in a unit that handled it: stand aside."
        )
    return None


def _all_came_back(record) -> Text | None:
    """What came of each officer handed over is known first."""
    if len({one["key"] for one in record.handled}) < len(set(record.officers)):
        return Text("移送的人员尚有未处置完毕的，不能反馈。", "Not every officer handed over has been dealt with.")
    return None


def _within_its_mode(record, facts) -> Text | None:
    today = datetime.now(CHINA).date()
    months = LONGEST_MONTHS[Mode(facts["mode"])]
    if not today <= date.fromisoformat(facts["handle_until"]) <= add_months(today, months):
        return Text(
            f"该处置方式的期限最长{months}个月，自今日起算。", f"This mode takes {months} months at most, from today."
        )
    return None


BY = (Post.OVERSIGHT,)
SYSTEM = (Post.SYSTEM,)
STEPS = (
    Step("add_triggers", Text("增加触发情形", "Add triggers"), GOING, None, by=SYSTEM, needs=needs.TRIGGERS),
    Step("look_back", Text("生成倒查清单", "Look back"), GOING, None, by=SYSTEM, needs=needs.LOOKED_BACK),
    Step("assess", Text("渎职风险研判", "Assess"), (S.TRIGGERED,), S.ASSESSED, by=BY, needs=needs.ASSESSMENT,
         bar=_looked_back, weight="main"),
    Step("launch", Text("启动双查", "Launch the inquiry"), (S.ASSESSED,), S.RUNNING, by=BY, needs=needs.LAUNCH,
         apart_from=("assess",), rule=_two, weight="main"),
    Step("waive", Text("认为无需双查", "Propose to waive"), (S.ASSESSED,), S.WAIVING, by=BY, needs=(needs.REASON,),
         bar=_may_be_waived),
    Step("agree", Text("批准无需双查", "Approve the waiver"), (S.WAIVING,), S.WAIVED, by=BY, needs=(needs.OPINION,),
         apart_from=("waive", "assess"), bar=_may_be_waived, signs=True, weight="grave"),
    Step("refuse", Text("不批准，须双查", "Refuse the waiver"), (S.WAIVING,), S.ASSESSED, by=BY, needs=(needs.REASON,),
         apart_from=("waive",)),
    Step("hand_over", Text("线索移送纪检", "Hand the clue over"), (S.RUNNING,), S.HANDED, by=BY, needs=needs.HAND_OVER,
         weight="main"),
    Step("find_none", Text("未发现人员问题", "Nothing found on staff"), (S.RUNNING,), S.FED_BACK, by=BY, needs=(needs.REASON,)),
    Step("choose_mode", Text("确定处置方式", "Choose the mode"), (S.HANDED, S.HANDLING), S.HANDLING, by=BY,
         needs=needs.HANDLING, apart_from=("hand_over",), rule=_within_its_mode, weight="main"),
    Step("note_result", Text("登记处置结果", "Note a result"), (S.HANDED, S.HANDLING), None, by=SYSTEM, needs=needs.HANDLED),
    Step("feed_back", Text("处置反馈", "Feed back"), (S.HANDED, S.HANDLING), S.FED_BACK, by=BY, needs=needs.FEEDBACK,
         apart_from=("hand_over",), bar=_all_came_back, weight="main"),
    Step("circulate", Text("案件分析通报", "Circulate"), (S.FED_BACK,), S.CIRCULATED, by=BY, needs=(needs.ANALYSIS,)),
    Step("plug_gap", Text("通报并堵漏", "Circulate and plug"), (S.FED_BACK,), S.PLUGGING, by=BY, needs=needs.PLUGGING,
         weight="main"),
    Step("note_task", Text("登记堵漏任务", "Note the task"), (S.PLUGGING,), None, by=SYSTEM,
         needs=needs.TASK),
    Step("plug", Text("堵漏销号", "Plugged"), (S.PLUGGING,), S.CIRCULATED, by=SYSTEM,
         needs=(Need("plugged", Text("结论", "Conclusion"), "text"),)),
    Step("close", Text("会签办结", "Countersign and close"), (S.CIRCULATED,), S.CLOSED, by=BY, needs=(needs.OPINION,),
         apart_from=("feed_back", "find_none"), signs=True, weight="grave"),
)  # fmt: skip


def _limit(state: S, amount: int, unit: str, until: str = "") -> Wait:
    return Wait(state, Limit(amount, unit, PROPOSED, f"limit.inquiry.{state}"), until=until)


FLOW = Flow(
    "inquiry",
    Text("一案双查", "Double inquiry"),
    S.TRIGGERED,
    (S.WAIVED, S.CLOSED),
    steps=STEPS,
    waits=(
        _limit(S.TRIGGERED, 10, "wd"),
        _limit(S.ASSESSED, 5, "wd"),
        _limit(S.WAIVING, 3, "wd"),
        _limit(S.RUNNING, 3, "m"),
        _limit(S.HANDED, 1, "m"),
        _limit(S.HANDLING, 12, "m", until="handle_until"),
        _limit(S.FED_BACK, 20, "wd"),
        _limit(S.PLUGGING, 6, "m"),
        _limit(S.CIRCULATED, 10, "wd"),
    ),
    opens=(Post.POLICE, Post.POLICE_LEADER, Post.OVERSIGHT),
    opening=needs.REPORT,
    aside=("relation", "former_post", "own_unit"),
)
