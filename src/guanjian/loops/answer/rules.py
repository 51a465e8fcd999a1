"""What an answer must be, by the kind of what was asked."""

import re
from datetime import date, datetime

from guanjian.kernel.words import Text
from guanjian.kernel.workdays import CHINA
from guanjian.loops.answer.needs import Kind

LINE = re.compile(r"(是|否|yes|no)\s*(?:[：:，,]?\s*)(.*)", re.IGNORECASE)
YES = ("是", "yes")


def only(*kinds: Kind):
    """A bar for the steps that belong to some kinds of answers."""

    def bar(record) -> Text | None:
        if record.kind in kinds:
            return None
        return Text("不适用于“{kind}”。", "Not for “{kind}”.").filled(kind=Kind(record.kind).label)

    return bar


def not_for(kind: Kind):
    """A bar for the steps that this kind does without."""
    return only(*(one for one in Kind if one != kind))


def problem_is_told(record, facts) -> Text | None:
    """A problem found is described; none found is not."""
    if (facts["result"] == "found") != bool(facts["problem"]):
        return Text("发现问题的须写明问题，未发现的不填。", "Describe the problem if there is one, and only then.")
    return None


def read_line(line: str) -> tuple[bool, str] | None:
    """(yes?, remark) of one typed line; None when it is neither yes nor no."""
    found = LINE.fullmatch(line.strip())
    return (found[1].lower() in YES, found[2].strip()) if found else None


def every_line(record, facts) -> Text | None:
    """One answer to each line, each yes or no, and every no says what is wrong."""
    answers, asked = facts["answers"], record.lines
    if len(answers) != len(asked):
        return Text(f"清单共{len(asked)}项，答复了{len(answers)}项，须逐项答复。",
                    f"The list has {len(asked)} lines, {len(answers)} are answered: answer each.")  # fmt: skip
    for number, line in enumerate(answers, 1):
        read = read_line(line)
        if read is None:
            return Text(f"第{number}项须以“是”或“否”开头。", f"Line {number} must begin with yes or no.")
        if not read[0] and len(read[1]) < 2:
            return Text(f"第{number}项为“否”，须写明问题。", f"Line {number} is “no”: say what is wrong.")
    return None


def in_use(record, facts) -> Text | None:
    """It is in use already, and not since before it was asked for."""
    since = date.fromisoformat(facts["in_use_since"])
    if not record.opened_at.astimezone(CHINA).date() <= since <= datetime.now(CHINA).date():
        return Text(
            "启用日期须在提出要求之后、不晚于今天。", "In use since a day after it was demanded and not after today."
        )
    return None


def adds_up(record, facts) -> Text | None:
    """No more finds than examinations, no more cases than finds, nothing below zero."""
    examined, finds, cases = (int(facts[name]) for name in ("examined", "finds", "cases"))
    if not examined >= finds >= cases >= 0:
        return Text("应满足：查验数 ≥ 查获数 ≥ 立案数 ≥ 0。", "It must hold: examined ≥ finds ≥ cases ≥ 0.")
    return None


def overdue(record) -> Text | None:
    """Only who is late is urged."""
    if record.due_at and datetime.now(CHINA) < record.due_at:
        return Text("未到期，无须催办。", "It is not overdue.")
    return None


def later(record, facts) -> Text | None:
    """An extension ends later than what it extends."""
    if record.answer_by and date.fromisoformat(facts["answer_by"]) <= record.answer_by:
        return Text("延期后的期限须晚于原期限。", "The new date must be later than the present one.")
    return None
