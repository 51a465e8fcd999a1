"""What forbids a step of an instruction: dates, ten minutes, two officers, no examination weaker than ordered."""

from datetime import date, datetime

from guanjian.kernel.words import Text
from guanjian.kernel.workdays import CHINA

STRENGTH = {"A": 3, "B": 2, "C": 1, "J": 1}  # a machine image replaces the look from outside, not the opening


def _today() -> date:
    return datetime.now(CHINA).date()


def dated(record, facts) -> Text | None:
    """From not before today, until not before from; an immediate one begins at once."""
    begins, ends = date.fromisoformat(facts["valid_from"]), date.fromisoformat(facts["valid_to"])
    if begins < _today():
        return Text("生效日期不得早于今天。", "It cannot be in force before today.")
    if ends < begins:
        return Text("截止日期不得早于生效日期。", "It cannot end before it begins.")
    if facts["kind"] == "immediate" and begins != _today():
        return Text(
            "即决式布控须当日生效；以后生效的用预定式。", "An immediate one is in force today; else it is scheduled."
        )
    return None


def late_is_explained(record, facts) -> Text | None:
    """Signed for within ten minutes, or with the reason why not."""
    if datetime.now(CHINA) > record.due_at and not facts["late_why"]:
        return Text(
            "已超过10分钟签收时限，须说明原因。", "Ten minutes are over: say why it was not signed for in time."
        )
    return None


def begun(record) -> Text | None:
    """A scheduled one hits nothing before its day."""
    if record.valid_from and _today() < record.valid_from:
        return Text("未到生效日期。", "It is not in force yet.")
    return None


def ended(record) -> Text | None:
    """It expires when its last day is over, not before; before that it is lifted."""
    if record.valid_to and _today() <= record.valid_to:
        return Text("未到截止日期；提前结束请办理解控。", "Its last day is not over: to end it earlier, lift it.")
    return None


def as_ordered(record, facts) -> Text | None:
    """Two officers, the mode ordered or a stronger one, and a handling that fits the result."""
    if len(set(facts["examiners"])) < 2:
        return Text("查验须两人以上。", "At least two officers examine.")
    if STRENGTH[facts["mode_used"]] < STRENGTH.get(record.required_mode, 0) and not facts["downgraded_why"]:
        return Text("实际查验方式低于布控要求，须说明原因。", "Examined more weakly than ordered: say why.")
    if facts["found"] == "find" and facts["handling"] == "11":
        return Text("查获异常的，不得按“正常放行”处理。", "A find is not released as normal.")
    return None
