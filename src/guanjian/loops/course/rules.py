"""What forbids a step of a course: a bank that can be asked, and a day ahead."""

from __future__ import annotations

from datetime import date, datetime

from guanjian.kernel.words import Text
from guanjian.kernel.workdays import CHINA

SPARE = (3, 2)  # a bank holds half as many questions again as a paper asks: no two papers need be alike
PASS_MARK = range(60, 101)
VALID_MONTHS = range(1, 61)


def today() -> date:
    """The day in China."""
    return datetime.now(CHINA).date()


def can_be_asked(record, facts) -> Text | None:
    """Enough questions, each once, with four different choices; a pass mark and a period within bounds."""
    asked, bank = int(facts["asked"]), facts["questions"]
    if asked < 1 or len(bank) * SPARE[1] < asked * SPARE[0]:
        return Text(
            "题库须不少于抽题数的一倍半（现有{n}题，每卷抽{k}题）。",
            "The bank must hold half as many questions again as a paper asks ({n} held, {k} asked).",
        ).filled(n=len(bank), k=asked)
    texts = [row["ask"] for row in bank]
    if twice := sorted({text for text in texts if texts.count(text) > 1}):
        return Text("题目重复：{what}。", "A question stands twice: {what}.").filled(what=twice[0])
    for row in bank:
        if len({row[f"choice_{one}"] for one in "abcd"}) < 4:
            return Text("“{what}”的四个选项须各不相同。", "The four choices of “{what}” must differ.").filled(
                what=row["ask"]
            )
    if int(facts["pass_mark"]) not in PASS_MARK:
        return Text("合格分须在60至100之间。", "The pass mark lies between 60 and 100.")
    if int(facts["valid_months"]) not in VALID_MONTHS:
        return Text("证书有效期须在1至60个月之间。", "A certificate is valid for 1 to 60 months.")
    return None


def needed_later(record, facts) -> Text | None:
    """Nobody is stopped from one day to the next: what a post needs, it needs from a day ahead."""
    if date.fromisoformat(facts["needed_from"]) <= today():
        return Text("须持证的起始日须在今天之后，给本岗位人员留出学习和考试的时间。",
                    "It is needed from a day ahead: people must have time to learn and to pass.")  # fmt: skip
    return None


def was_in_force(record) -> Text | None:
    """Only what has a version can go back to it."""
    return None if record.versions else Text("尚无施行的版本。", "It has no version in force.")


def never_in_force(record) -> Text | None:
    """What was in force is retired, not thrown away."""
    return Text("已有施行版本，应当停用。", "It has been in force: retire it.") if record.versions else None


def has_a_bank(record) -> Text | None:
    """There is something to take up."""
    return None if record.questions else Text("还没有题库。", "There is no bank yet.")
