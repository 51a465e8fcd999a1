"""What forbids a step of a training: the paper, the clock, the mark; each condition in one function."""

from __future__ import annotations

from datetime import date, datetime

from guanjian.kernel.words import Text
from guanjian.kernel.workdays import CHINA
from guanjian.loops.training import bank

ATTEMPTS = 2  # default, to be set by each office: the examination and one more


def today() -> date:
    """The day in China."""
    return datetime.now(CHINA).date()


def paper_can_be_drawn(record) -> Text | None:
    """The course is in use, and the person has not seen its answers."""
    used = bank.version(record.course)
    if used is None:
        return Text("课程“{c}”没有使用中的版本。", "Course “{c}” has no version in use.").filled(c=record.course)
    if record.officer_id in used.writers:
        return Text("命题、审题人员不得参加本课程考试。", "Who wrote or reviewed the bank sits no paper of it.")
    return None


def in_time(record) -> Text | None:
    """A paper is handed in before its time is over."""
    if record.due_at is not None and datetime.now(CHINA) > record.due_at:
        return Text("考试时间已到，不能再交卷。", "The time of the examination is over.")
    return None


def time_is_over(record) -> Text | None:
    """A paper lapses when its time is over, not before."""
    return Text("考试时间未到。", "There is time left.") if in_time(record) is None else None


def answers_the_paper(record, facts) -> Text | None:
    """Each question once, none that is not on the paper."""
    numbers = [int(row["number"]) for row in facts["answers"]]
    if len(set(numbers)) < len(numbers) or not set(numbers) <= set(range(1, len(record.paper) + 1)):
        return Text("答卷与试卷题号不符，或同一题有两个选项。", "The answers do not fit the paper.")
    return None


def marked_truly(record, facts) -> Text | None:
    """The mark is the paper's own: nobody types another."""
    if record.marked() != int(facts["mark"]):
        return Text("得分与答卷不符。", "The mark is not that of the paper.")
    return None


def reached(record, facts) -> Text | None:
    """Passed is what reaches the pass mark of the version that was asked."""
    if reason := marked_truly(record, facts):
        return reason
    if int(facts["mark"]) < record.pass_mark:
        return Text("未达合格分{p}分。", "The pass mark {p} is not reached.").filled(p=record.pass_mark)
    return None


def missed(record, facts) -> Text | None:
    """Failed is what does not reach it."""
    if reason := marked_truly(record, facts):
        return reason
    if int(facts["mark"]) >= record.pass_mark:
        return Text("已达合格分。", "The pass mark is reached.")
    return None


def once_more(record) -> Text | None:
    """Once more, and not for ever."""
    if record.attempts >= ATTEMPTS:
        return Text("已考{n}次仍不合格，不能再补考，应调整岗位或重新参加培训。",
                    "Failed {n} times: no further attempt; move the person, or train anew.").filled(n=record.attempts)  # fmt: skip
    return None


def has_expired(record) -> Text | None:
    """A certificate expires when its last day is over."""
    if record.expires_on is None or today() <= record.expires_on:
        return Text("证书仍在有效期内。", "The certificate is still valid.")
    return None


def not_expired(record) -> Text | None:
    """A refresher is begun while the certificate is valid, and once."""
    if record.refresher_due:
        return Text("复训已经安排。", "The refresher is arranged already.")
    return Text("证书已过期。", "The certificate has expired.") if has_expired(record) is None else None
