"""What an appraisal counts on both sides, and what is asked for when it is reviewed, objected to, corrected and decided."""

from guanjian.kernel.needs import Need
from guanjian.kernel.words import Names, Text


class Side(Names):
    """The two sides that are appraised in one sheet, and what they do together."""

    CUSTOMS = "customs", "海关一侧", "Customs"
    POLICE = "police", "缉私一侧", "Anti-smuggling police"
    BOTH = "both", "关警联动", "Both sides together"


class Measure(Names):
    """What is counted in the trace, raw: the scoring of it is another matter."""

    ALERTS = "alerts", "处置预警", "Alerts disposed of"
    EXAMINED = "examined", "布控查验反馈", "Examinations under an instruction"
    FINDS = "finds", "布控查获", "Finds under an instruction"
    TRANSFERRED = "transferred", "移交线索", "Clues transferred"
    SUPPLEMENTED = "supplemented", "补正移送材料", "Clues whose papers were supplemented"
    CLOSED_OUT = "closed_out", "整改销号", "Problems closed out"
    RECEIVED = "received", "签收线索", "Clues received"
    RETURNED = "returned", "退回补正", "Clues sent back for papers"
    REFUSED = "refused", "不予立案", "Clues not filed"
    CRIMINAL = "criminal", "刑事立案", "Criminal cases filed"
    ADMINISTRATIVE = "administrative", "行政立案", "Administrative cases filed"
    DECIDED = "decided", "作出处理决定", "Cases decided"
    PROSECUTED = "prosecuted", "移送审查起诉", "Cases sent for prosecution"
    FED_BACK = "fed_back", "案情反馈", "Cases fed back"
    CHAIN_FILED = "chain_filed", "移交线索中已立案", "Of the clues transferred: filed"
    CHAIN_FED_BACK = "chain_fed_back", "移交线索中已反馈案情", "Of the clues transferred: fed back"
    CHAIN_PLUGGED = "chain_plugged", "移交线索中已堵漏", "Of the clues transferred: loophole plugged"
    OPERATIONS = "operations", "联合专项行动办结", "Joint operations concluded"
    BREACHES = "breaches", "双向监督认定违责", "Breaches of duty upheld between the sides"


_CUSTOMS = (
    Measure.ALERTS,
    Measure.EXAMINED,
    Measure.FINDS,
    Measure.TRANSFERRED,
    Measure.SUPPLEMENTED,
    Measure.CLOSED_OUT,
)
_POLICE = (Measure.RECEIVED, Measure.RETURNED, Measure.REFUSED, Measure.CRIMINAL, Measure.ADMINISTRATIVE, Measure.DECIDED,
           Measure.PROSECUTED, Measure.FED_BACK)  # fmt: skip
OF_SIDE = {
    Side.CUSTOMS: _CUSTOMS,
    Side.POLICE: _POLICE,
    Side.BOTH: tuple(one for one in Measure if one not in (*_CUSTOMS, *_POLICE)),
}
REASON = Need("reason", Text("理由", "Reasons"), "text", min_length=5)
OPENING = (
    Need("district", Text("被考评关区代码", "Code of the district appraised")),
    Need("period_from", Text("考评期起", "Period from"), "date"),
    Need("period_until", Text("考评期止", "Period until"), "date"),
    Need("why_again", Text("重新考评的理由（已公布过同一考评期时必填）", "Why again (when this period was published before)"), "text",
         required=False),
)  # fmt: skip
FROZEN = (
    Need("inputs", Text("冻结的计数", "What was counted"), "rows", columns=(
        Need("measure", Text("项目", "Measure"), "choice", Measure), Need("unit", Text("单位", "Unit")),
        Need("count", Text("数量", "Count"), "number")), required=False),
    Need("upto", Text("账本至第几条", "Ledger up to entry"), "number"),
    Need("inputs_hash", Text("冻结哈希", "Hash of what was counted")),
)  # fmt: skip
OPINION = Need("review_opinion", Text("审核意见", "Review"), "text", min_length=5)
LEFT_OUT = Need("left_out", Text("不应计入的事项（编号，每行一条）", "Matters that should not count (one a line)"), "many",
                help=Text("只能写本关区账本中有的事项，如 clue/12；数字由系统重新统计，不手工填写。",
                          "Only matters of this district's ledger; the system counts again, no figure is typed in."))  # fmt: skip
GROUNDS = Need("grounds", Text("异议理由", "Grounds"), "text", min_length=5)
NAMED = Need("named", Text("涉及的事项（编号，每行一条，可空）", "Matters concerned (one a line, may be empty)"), "many", required=False)  # fmt: skip
ANSWER = Need("answer", Text("对异议的答复", "Answer to the objection"), "text", min_length=5)
DECISION = Need("decision", Text("审定意见", "Decision"), "text", min_length=5)
