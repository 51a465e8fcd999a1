"""What forbids a step of a rule: the days of the law, each condition in one function."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from guanjian.kernel.words import Text
from guanjian.kernel.workdays import CHINA
from guanjian.loops.rulebook.needs import Grade

NOTICE = timedelta(days=30)  # 规章制定程序条例（2017）art. 32
ENOUGH = 30  # objects tested below which a share says nothing
FOLLOWED_PERCENT = 90  # default, to be set by each office
NOT_KEPT_PERCENT = 80


def today() -> date:
    """The day in China."""
    return datetime.now(CHINA).date()


def from_gates(record) -> Text | None:
    """What went through the gates is published; nothing else is."""
    if record.is_old:
        return Text("存量制度须核对入册，不能公布。", "A rule of old is checked and taken over, not published.")
    return None


def only_of_old(record) -> Text | None:
    """What went through the gates is not taken over, nor struck."""
    return None if record.is_old else Text("经七道程序决定的，应当公布。", "What went through the gates is published.")


def of_old(record) -> Text | None:
    """Only what was in force before this office began is taken over without the seven gates."""
    if reason := only_of_old(record):
        return reason
    if record.in_force_on is None or record.in_force_on >= record.office_began():
        return Text(
            "施行日期不早于本系统启用之日：须经出台前七道程序，不能按存量制度入册。",
            "In force only since this office began: it must pass the seven gates.",
        )
    return None


def published_well(record, facts) -> Text | None:
    """In force after the day of publication, a regulation thirty days after it; after the version before; a number once."""
    day = date.fromisoformat(facts["in_force_on"])
    if day <= today():
        return Text("施行日期须在公布日之后。", "It comes into force after the day of publication.")
    if record.form == "regulation" and day < today() + NOTICE and not facts["sooner"]:
        return Text(
            "规章应自公布之日起30日后施行；提前施行须说明理由（规章制定程序条例第三十二条）。",
            "A regulation comes into force 30 days after its publication, or with a reason (art. 32).",
        )
    before = record.last_day
    if before and day <= before:
        return Text("须晚于上一版的施行日期 {day}。", "It must come after the version of {day}.").filled(day=before)
    if record.is_taken(facts["order_no"]):
        return Text("文号“{no}”已有制度使用。", "The number “{no}” is taken.").filled(no=facts["order_no"])
    return None


def day_has_come(record) -> Text | None:
    """Nothing is in force before its day."""
    if record.in_force_on is None or today() < record.in_force_on:
        return Text("施行日期未到。", "Its day has not come.")
    return None


def last_day_is_over(record) -> Text | None:
    """A repealed rule holds until its last day is over."""
    if record.repealed_on is None or today() < record.repealed_on:
        return Text("失效日期未到。", "It is still in force.")
    return None


def period_is_over(record, facts) -> Text | None:
    """A period is measured when it is over."""
    first, last = (date.fromisoformat(facts[name]) for name in ("from_day", "until_day"))
    if first > last or last > today():
        return Text("考评期起止须先后有序，且不晚于今天。", "The period must be in order and not end after today.")
    return None


def is_measured(record) -> Text | None:
    """Nothing is graded before it was measured."""
    if record.tested is None:
        return Text("尚在检验执行情况，请稍后再评。", "Its execution is being measured: wait for it.")
    return None


def not_measured_yet(record) -> Text | None:
    """An evaluation is measured once."""
    return None if record.tested is None else Text("已检验执行情况。", "It has been measured.")


def graded_as_measured(record, facts) -> Text | None:
    """The grade does not say more than the controls found; what is not followed, or leaks, does not go on as it is."""
    share = record.execution_percent
    if share is not None and share < NOT_KEPT_PERCENT:
        return Text(
            "执行率{p}%，低于{least}%：不能维持，须修订或废止。",
            "Followed in {p} %, below {least} %: it must be amended or repealed.",
        ).filled(p=share, least=NOT_KEPT_PERCENT)
    if int(facts["loopholes"]) > 0:
        return Text("发现制度漏洞的，须修订。", "A rule with a loophole must be amended.")
    if share is not None and share < FOLLOWED_PERCENT and facts["grade"] == Grade.GOOD:
        return Text("执行率{p}%，不能评为“执行良好”。", "Followed in {p} %: not “followed”.").filled(p=share)
    return None


def nothing_is_lost(record, facts) -> Text | None:
    """Everything that cites the rule gets a fate, and nothing that does not cite it."""
    day, before = date.fromisoformat(facts["repealed_on"]), record.last_day
    if day <= today() or (before and day <= before):
        return Text(
            "失效日期须在今天和最近一版施行日之后。", "It is repealed after today and after its newest version."
        )
    named = [row["cited"] for row in facts["fates"]]
    wanted = {one.key for one in record.citations()}
    if missing := sorted(wanted - set(named)):
        return Text("以下引用项未写明去向：{what}。", "No fate is given for: {what}.").filled(what="、".join(missing))
    if beyond := sorted(set(named) - wanted) or sorted({one for one in named if named.count(one) > 1}):
        return Text("多列或重复的引用项：{what}。", "Not cited, or twice: {what}.").filled(what="、".join(beyond))
    if open_ended := [row["cited"] for row in facts["fates"] if row["fate"] == "cites_another" and not row["to"]]:
        said = "、".join(open_ended)
        return Text("改引何制度未写明：{what}。", "Which rule is cited instead: {what}.").filled(what=said)
    return None
