"""Did it help? What is measured before a gap is closed, and what is said when too little happens to measure it."""

from datetime import date, datetime

from guanjian.kernel.needs import Need
from guanjian.kernel.words import Names, Text
from guanjian.kernel.workdays import CHINA


class Scope(Names):
    """Of which examinations the effect is measured, in the unit that mended the gap."""

    ALL = "all", "本单位全部查验", "Every examination of the unit"
    HS_CODE = "hs_code", "某商品", "A commodity"
    ENTERPRISE = "enterprise", "某企业", "An enterprise"
    INDUSTRY = "industry", "某行业", "An industry"


def asked_well(record, facts) -> Text | None:
    """What is measured is named; the day of the review lies ahead, within a year."""
    if (facts["scope_kind"] == "all") == bool(facts["scope_code"]):
        return Text(
            "须写明商品、企业或行业；全部查验的不填。", "Name the commodity, enterprise or industry, or measure all."
        )
    ahead = (date.fromisoformat(facts["review_on"]) - datetime.now(CHINA).date()).days
    if not 0 < ahead <= 366:
        return Text("成效复核日期须在今天之后、一年以内。", "The effect is reviewed on a day ahead, within a year.")
    return None


def measured(record) -> Text | None:
    """Signed is what was measured, not what is hoped."""
    return None if record.comparison else Text("尚未比对成效。", "The effect has not been measured.")


def effect_known(record) -> Text | None:
    """A gap is not closed before its effect is measured and countersigned; what is not measurable goes into review."""
    if not record.gap_code:
        return None
    if not record.signed("sign_effect"):
        return Text("堵塞疏漏须先比对成效并经会签。", "Of a gap, the effect is measured and countersigned first.")
    if not record.comparison.measurable:
        return Text("本业务量下成效不可测，请办理“转成效复核”。", "Not measurable at this volume: send it into review.")
    return None


def not_measurable(record) -> Text | None:
    """Only what cannot be measured yet, and is countersigned as such, is reviewed later."""
    if not record.gap_code or not record.signed("sign_effect") or record.comparison.measurable:
        return Text("仅适用于经会签的“不可测”。", "Only for what is countersigned as not measurable.")
    return None


def review_day(record) -> Text | None:
    """On the day, and on figures of that day: then it ends, measurable or not."""
    if record.review_on and datetime.now(CHINA).date() < record.review_on:
        return Text("未到成效复核日期。", "The day of the review has not come.")
    if not record.signed("sign_effect"):
        return Text("须先重新比对成效并经会签。", "The effect is measured and countersigned anew first.")
    return None


ASKED = (
    Need("scope_kind", Text("比对范围", "Measured on"), "choice", Scope),
    Need("scope_code", Text("商品编号、企业编码或行业", "HS code, enterprise or industry"), required=False),
    Need("review_on", Text("成效复核日期", "Reviewed on"), "date"),
)
COUNTS = (
    Need("before_found", Text("整改前查获", "Finds before"), "number"),
    Need("before_examined", Text("整改前查验", "Examined before"), "number"),
    Need("after_found", Text("整改后查获", "Finds after"), "number"),
    Need("after_examined", Text("整改后查验", "Examined after"), "number"),
)
