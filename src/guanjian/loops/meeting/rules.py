"""What forbids a step of a meeting: days out of order, a side that is missing, a decision that nobody followed up."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from guanjian.kernel.words import Text
from guanjian.kernel.workdays import CHINA
from guanjian.loops.meeting.needs import Kind

LONGEST = timedelta(days=366)


def today() -> date:
    """The day in China."""
    return datetime.now(CHINA).date()


def only(kind: Kind):
    """A bar for the steps of one kind of meeting."""

    def bar(record) -> Text | None:
        if record.kind == kind:
            return None
        return Text("仅用于{kind}。", "Only for: {kind}.").filled(kind=kind.label)

    return bar


def ready(kind: Kind):
    """A bar: a meeting of this kind, with its agenda laid before it."""

    def bar(record) -> Text | None:
        if "lay_agenda" not in record.facts:
            return Text("议程尚未生成。", "There is no agenda yet.")
        return only(kind)(record)

    return bar


def planned_ahead(record, facts) -> Text | None:
    """A meeting is planned for a day that is not over."""
    if date.fromisoformat(facts["planned_on"]) < today():
        return Text("召开日期不能早于今天。", "It cannot be planned for a day that is over.")
    return None


def period_in_order(record, facts) -> Text | None:
    """A period that is over, or ends today, of a year at most."""
    first, last = (date.fromisoformat(facts[name]) for name in ("from_day", "until_day"))
    if first <= last <= today() and last - first <= LONGEST:
        return None
    return Text("分析期须先后有序，不晚于今天，不超过一年。", "A period in order, not after today, of a year at most.")


def period_is_named(record) -> Text | None:
    """An agenda is laid for a period that somebody named."""
    return None if "fix_agenda" in record.facts else Text("尚未确定分析期。", "No period was named yet.")


def held_well(record, facts) -> Text | None:
    """Held on a day since it was called; decided is what lies ahead, within a year."""
    if not record.opened_at.astimezone(CHINA).date() <= date.fromisoformat(facts["held_on"]) <= today():
        return Text("召开日期须在召集之后、不晚于今天。", "Held after it was called and not after today.")
    for row in facts["decisions"]:
        if not today() <= date.fromisoformat(row["by"]) <= today() + LONGEST:
            return Text(
                "“{what}”的期限须在今天之后、一年以内。", "“{what}” must be due within a year from now."
            ).filled(what=row["what"])
    return None


def held_together(record, facts) -> Text | None:
    """As every meeting; and no shared risk is lost: what leaves the list is struck off with a reason."""
    if reason := held_well(record, facts):
        return reason
    now = {row["risk"] for row in facts["shared_risks"]}
    struck = {row["risk"] for row in facts["struck"]}
    before = {row["risk"] for row in record.standing_list()}
    if lost := sorted(before - now - struck):
        return Text(
            "共控清单原有的风险须保留或写明移出理由：{what}。", "Keep, or strike with a reason: {what}."
        ).filled(what="、".join(lost))
    if unclear := sorted(struck & now | struck - before):
        return Text("移出的风险须原在清单上、且不再列入：{what}。", "Not on the list, or still on it: {what}.").filled(
            what="、".join(unclear)
        )
    return None


def both_have_signed(record) -> Text | None:
    """Minutes are issued when whoever answers for them has signed: of a joint conference both sides."""
    wanted = ["sign_customs", *(["sign_police"] if record.kind == Kind.JOINT else [])]
    if missing := [record.flow.step(name).title for name in wanted if not record.signed(name)]:
        said = Text("、".join(one.zh for one in missing), ", ".join(one.en for one in missing))
        return Text("纪要尚待：{what}。", "The minutes still want: {what}.").filled(what=said)
    return None


def is_a_decision(record, facts) -> Text | None:
    """The number is that of a decision whose task is not done."""
    number = facts["number"]
    if not 1 <= int(number) <= len(record.decisions):
        return Text("没有第{n}项议定事项。", "There is no decision {n}.").filled(n=number)
    if record.outcome_of(int(number)) == "done":
        return Text("第{n}项已落实。", "Decision {n} is done.").filled(n=number)
    return None


def followed_up(record) -> Text | None:
    """A meeting closes when every decision has a task that is done, or a reason."""
    if left := record.unsettled():
        said = "、".join(str(number) for number in left)
        return Text(
            "第{n}项议定事项既未落实，也未说明理由。", "Decisions without a done task and without a reason: {n}."
        ).filled(n=said)
    return None
