"""What forbids a step of a case: the law's own conditions, each in one function."""

from datetime import date, datetime
from decimal import Decimal

from guanjian.kernel.words import Text
from guanjian.kernel.workdays import CHINA

CRIME_FROM_CNY = {"person": Decimal(100_000), "unit": Decimal(200_000)}  # 两高走私解释（2014）art. 16, 24
HEARING_ABOVE_CNY = {"person": Decimal(10_000), "unit": Decimal(100_000)}  # 海关行政处罚实施条例 art. 49
QUORUM = 3
KINDS = {"criminal": Text("刑事案件", "criminal cases"), "administrative": Text("行政案件", "administrative cases")}


def two_investigators(record, facts) -> Text | None:
    """Two officers at least (实施条例 art. 34)."""
    if len(set(facts["investigators"])) < 2:
        return Text("办案人员须两人以上（实施条例第三十四条）。", "At least two investigators (art. 34).")
    return None


def answer_ahead(record, facts) -> Text | None:
    """What is asked of others is due on a day that lies ahead."""
    if date.fromisoformat(facts["support_by"]) <= datetime.now(CHINA).date():
        return Text("答复期限须在今天之后。", "The date to answer by must lie in the future.")
    return None


def prices_are_honest(record, facts) -> Text | None:
    """Both prices, or “not disclosed” and none."""
    given = [facts["declared_price_cny"], facts["actual_price_cny"]]
    if facts["price_basis"] == "known" and not all(given):
        return Text("已查实的，申报单价和查实单价都须填写。", "When the price is known, give both prices.")
    if facts["price_basis"] == "undisclosed" and any(given):
        return Text("未披露的价格不得填写或推测。", "A price that is not disclosed is left empty, not guessed.")
    return None


def acts_are_dated(record, facts) -> Text | None:
    """What was done began before it ended, and is not in the future."""
    first, last = facts["acts_from"], facts["acts_until"]
    if bool(first) != bool(last) or first > last or last > datetime.now(CHINA).date().isoformat():
        return Text("违法行为的起止日期须成对填写，先后有序，不晚于今天。",
                    "Give both dates of the acts or neither, in order and not after today.")  # fmt: skip
    return prices_are_honest(record, facts)


def only(kind: str):
    """A bar for the steps of one kind of case."""

    def bar(record) -> Text | None:
        if record.kind != kind:
            return Text("只适用于{kind}。", "Only for {kind}.").filled(kind=KINDS[kind])
        return None

    return bar


def is_a_crime(record) -> bool:
    """True when the duty evaded reaches the criminal threshold of the liable party."""
    return (record.evaded_cny or 0) >= CRIME_FROM_CNY.get(record.party, CRIME_FROM_CNY["person"])


def may_turn_administrative(record) -> Text | None:
    """A criminal case is handed back only below the threshold."""
    if reason := only("criminal")(record):
        return reason
    if is_a_crime(record):
        return Text("偷逃税额已达刑事标准，不能转行政处理。", "The duty evaded reaches the criminal threshold.")
    return None


def may_fine(record) -> Text | None:
    """No fine where transfer is due (移送规定 art. 11)."""
    if reason := only("administrative")(record):
        return reason
    if is_a_crime(record):
        return Text("偷逃税额已达刑事标准，不得以罚代刑，须转刑事侦查（移送规定第十一条）。",
                    "The duty evaded reaches the criminal threshold: no fine may replace the transfer.")  # fmt: skip
    return None


def alone(record) -> Text | None:
    """The head decides alone only where no collective decision was demanded."""
    if record.collective:
        return Text("法制审核要求集体讨论决定。", "The legal review demands a collective decision.")
    return None


def together(record) -> Text | None:
    """Collective decision only where it was demanded."""
    return None if record.collective else Text("未要求集体讨论。", "No collective decision was demanded.")


def hearing(record, facts) -> Text | None:
    """A large fine needs the offer of a hearing."""
    if Decimal(facts["fine_cny"]) > HEARING_ABOVE_CNY.get(record.party, 0) and not facts["hearing_offered"]:
        return Text("拟罚款数额较大，须告知听证权利。", "A fine of this size: the hearing must be offered.")
    return None


def attended(record, facts) -> Text | None:
    """A quorum, and nothing beyond what the party was told."""
    if len(set(facts["attended"])) < QUORUM:
        return Text(f"集体讨论须{QUORUM}人以上出席。", f"A collective decision needs {QUORUM} or more present.")
    return no_more_than_notified(record, facts)


def no_more_than_notified(record, facts) -> Text | None:
    """The fine is at most what the party was told."""
    told = Decimal(record.facts["notify"]["fine_cny"])
    if facts["outcome"] == "penalty" and not 0 < Decimal(facts["fine_cny"]) <= told:
        return Text(
            "罚款须大于零，且不得超过已告知的数额。", "The fine must be above zero and at most what was notified."
        )
    if facts["outcome"] != "penalty" and Decimal(facts["fine_cny"]) > 0:
        return Text("不予处罚或撤销的，罚款应为零。", "Without a penalty the fine is zero.")
    return None


def first_time(record) -> Text | None:
    """The first of the two returns for supplementary investigation that the law allows (刑诉法 art. 175)."""
    return Text("已退回过一次。", "It was sent back once already.") if "supplement" in record.hands else None


def second_time(record) -> Text | None:
    """The second and last return."""
    if "supplement" not in record.hands:
        return Text("尚未退回过。", "It was not sent back before.")
    if "supplement_again" in record.hands:
        return Text("已两次退回补充侦查，不得再退。", "It was sent back twice: the law allows no third time.")
    return None


def gap_is_described(record, facts) -> Text | None:
    """A loophole has a kind and a description, or there is none."""
    if bool(facts["gap_code"]) != bool(facts["gap_description"]):
        return Text("有漏洞须选类型并写明；没有则都不填。", "Name and describe the loophole, or give neither.")
    return None
