"""Which duties customs and police owe each other (domain §3.8), each with its law, and what a verdict may demand."""

from guanjian.kernel.needs import Need
from guanjian.kernel.words import Names, Text


class Direction(Names):
    """Which side calls which to account."""

    TO_POLICE = "to_police", "海关监督缉私", "Customs to police"
    TO_CUSTOMS = "to_customs", "缉私监督海关", "Police to customs"


class Basis(Names):
    """The duty that was not done."""

    NOT_RECEIVED = "not_received", "移送线索未按时签收", "Transferred clue not received in time"
    NOT_REVIEWED = "not_reviewed", "线索未按时审查决定", "Clue not decided on in time"
    NOT_FED_BACK = "not_fed_back", "案情未按时反馈", "Nothing fed back in time"
    NO_REASONS = "no_reasons", "不予立案未说明理由", "Not filed, without reasons"
    REFUSED_FOR_PAPERS = "refused_for_papers", "以材料不全为由不立案", "Refused because papers were missing"
    NO_GROUNDS = "no_grounds", "无正当理由退回", "Returned without grounds"
    FINED = "fined", "以罚代移", "Fined instead of transferred"
    NOT_TRANSFERRED = "not_transferred", "涉嫌犯罪不予移送", "Suspected crime not transferred"
    TRANSFER_LATE = "transfer_late", "移送超期", "Transfer late"
    ITEMS_MISSING = "items_missing", "移送材料逾期未补正", "Papers not supplemented in time"
    REPEATED_LEAK = "repeated_leak", "执法建议后同类漏洞再次出现", "The same leak again after an advice"
    ADVICE_IGNORED = "advice_ignored", "执法建议逾期未答复", "Advice not answered in time"


LAW = "行政执法机关移送涉嫌犯罪案件的规定（2020修订）第{}条"
RULE = {  # what was owed
    Basis.NOT_RECEIVED: LAW.format("七"),
    Basis.NOT_REVIEWED: LAW.format("八、九"),
    Basis.NOT_FED_BACK: "双向监督规则（默认），待本单位核定：线索有移交必有反馈",
    Basis.NO_REASONS: LAW.format("九"),
    Basis.REFUSED_FOR_PAPERS: "公安机关办理刑事案件程序规定第一百八十条",
    Basis.NO_GROUNDS: LAW.format("七、八"),
    Basis.FINED: LAW.format("十一"),
    Basis.NOT_TRANSFERRED: LAW.format("五、十六"),
    Basis.TRANSFER_LATE: LAW.format("五"),
    Basis.ITEMS_MISSING: "公安机关办理刑事案件程序规定第一百八十条",
    Basis.REPEATED_LEAK: "双向监督规则（默认），待本单位核定：同一漏洞不得再次出现",
    Basis.ADVICE_IGNORED: "双向监督规则（默认），待本单位核定：执法建议逾期须答复",
}
CUSTOMS_OWE = frozenset({Basis.FINED, Basis.NOT_TRANSFERRED, Basis.TRANSFER_LATE, Basis.ITEMS_MISSING,
                         Basis.REPEATED_LEAK, Basis.ADVICE_IGNORED})  # fmt: skip
URGENT = frozenset({Basis.FINED, Basis.NOT_TRANSFERRED, Basis.REFUSED_FOR_PAPERS})


def direction_of(basis: Basis) -> Direction:
    """Who is called to account for this."""
    return Direction.TO_CUSTOMS if basis in CUSTOMS_OWE else Direction.TO_POLICE


class Measure(Names):
    """What a breach leads to (domain §4.6)."""

    CORRECT = "correct", "限期纠正", "Correct it in time"
    CIRCULATE = "circulate", "通报", "Circulate"
    INTERVIEW = "interview", "约谈", "Interview"
    ACCOUNTABILITY = "accountability", "问责建议", "Proposal to hold to account"
    INTEGRITY = "integrity", "线索移送纪检", "Clue to discipline inspection"


REPLY = (
    Need("reply", Text("答复", "Reply"), "text", min_length=10),
    Need("done", Text("已采取的措施（每行一项）", "What was done (one a line)"), "many", required=False),
)
POSITION = Need("position", Text("意见", "Position"), "text", min_length=5)
REASON = Need("reason", Text("理由", "Reasons"), "text", min_length=5)
VERDICT = (
    Need("found", Text("认定的事实", "What was found"), "text", min_length=10),
    Need("measures", Text("处理措施", "Measures"), "many", Measure),
    Need("demand", Text("纠正要求", "What has to be corrected"), "text", min_length=5),
)
CORRECTION = (
    Need("corrected", Text("纠正情况", "How it was corrected"), "text", min_length=10),
    Need("proof", Text("证据（编号，每行一条）", "Evidence (one reference a line)"), "many"),
)
