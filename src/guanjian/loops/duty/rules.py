"""What forbids a step of a list of duties: no grade beyond the trace, no consequence without its fact, nobody unheard."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from guanjian.kernel.words import Text
from guanjian.kernel.workdays import CHINA
from guanjian.loops.duty.needs import Grade, Kind, Line, Outcome

TO_OBJECT = timedelta(days=30)  # 公务员法（2018）第九十五条：三十日内申请复核（比照）
AT_MOST = timedelta(days=366)
DILIGENCE = 10  # characters that say something


def today() -> date:
    """The day in China."""
    return datetime.now(CHINA).date()


def period_is_over(record) -> Text | None:
    """The evidence is taken when the period is over."""
    if record.period_until and record.period_until < today():
        return None
    return Text("履责期未满。", "The period is not over.")


def time_is_over(record) -> Text | None:
    """Nobody is judged unheard before the time to speak is over."""
    if record.due_at and record.due_at <= datetime.now(CHINA):
        return None
    return Text("述责期限未到，不能按未述责处理。", "The person still has time to make a statement.")


def really_in_the_trace(record, facts) -> Text | None:
    """What is said to be missed must be there: a duty is evidenced by a step that was taken, never by a word."""
    if unknown := [key for key in facts["missed"] if not record.left_trace(key)]:
        return Text(
            "账本中没有本人在履责期内办理的：{what}。", "The ledger shows no step of this person in the period: {what}."
        ).filled(what="、".join(unknown))
    return None


def objections_are_over(record) -> Text | None:
    """What was told is published when it can no longer be objected to, or when the objection was answered."""
    if record.state == "final" or (record.told_on and today() > record.told_on + TO_OBJECT):
        return None
    return Text("告知后30日内可提出异议，期满方可公布。", "It may be objected to for 30 days: published after that.")


def judged_as_traced(record, facts) -> Text | None:
    """The grade does not say more than the trace, and what comes of it rests on what was found."""
    return _grade(record, facts["grade"]) or _outcome(record, facts)


def _grade(record, grade: str) -> Text | None:
    silent = [Line(line).label for line in record.silent_lines()]
    if silent and grade != Grade.POOR:
        said = Text("、".join(one.zh for one in silent), ", ".join(one.en for one in silent))
        return Text(
            "{line}条线全无留痕，只能评为“履责不力”。", "Nothing at all on the line {line}: “not carried”."
        ).filled(line=said)
    missing = [named(row) for row in record.missing()]
    if missing and grade == Grade.GOOD:
        said = Text("、".join(one.zh for one in missing), ", ".join(one.en for one in missing))
        return Text("留痕不足：{what}，不能评为“履责到位”。", "Not evidenced: {what}. It is not “carried”.").filled(
            what=said
        )
    if record.pursued() and grade == Grade.GOOD:
        return Text("有须追究的失职线索，不能评为“履责到位”。", "With a grave fault it is not “carried”.")
    return None


def _outcome(record, facts) -> Text | None:
    pursued, said = record.pursued(), facts["diligence"]
    match facts["outcome"]:
        case Outcome.NONE if pursued:
            return Text(
                "有须追究的失职线索：应提出问责建议，或写明尽职情形予以免责。",
                "A grave fault is pursued, or exempted with the diligence shown.",
            )
        case Outcome.COMMEND if not record.credits or pursued:
            return Text(
                "鼓励须有留痕可查的主动发现，且没有须追究的失职线索。",
                "To commend, the trace must show what was found by oneself, and nothing grave.",
            )
        case Outcome.EXEMPT if not record.faults or len(said) < DILIGENCE:
            return Text(
                "尽职免责须有失职线索，并写明尽职情形。", "To exempt, there must be a fault and the diligence shown."
            )
        case Outcome.PROPOSE if not record.faults and not record.missing():
            return Text("没有失职线索，不能提出问责建议。", "There is nothing to hold anybody to account for.")
    return None


def named(row: dict[str, str]) -> Text:
    """A duty by its name: “谈话（廉政）”."""
    return Text("{kind}（{line}）", "{kind} ({line})").filled(
        kind=Kind(row["kind"]).label, line=Line(row["line"]).label
    )


def why_not_drawn(items: list[dict[str, str]], first: date, last: date) -> Text | None:
    """A list has work on both lines, to speak of it apart, and a period that is in order, not over and not longer than a year."""
    done = {row["line"] for row in items if row["kind"] != Kind.STATEMENT}
    if missing := [line.label for line in Line if line not in done]:
        return Text("一岗双责：清单缺{line}条线。", "One post, two duties: the line {line} is missing.").filled(
            line=missing[0]
        )
    pairs = [(row["kind"], row["line"]) for row in items]
    if len(set(pairs)) < len(pairs) or any(int(row["least"]) < 1 for row in items):
        return Text("清单有重复事项，或次数小于1。", "A duty is listed twice, or less than once.")
    if not first <= last or last - first > AT_MOST or last < today():
        return Text(
            "履责期须先后有序、不超过一年，且尚未结束。", "The period is in order, at most a year, and not over."
        )
    return None
