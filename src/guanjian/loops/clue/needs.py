"""What the transfer form and the police's answers ask for (移送规定 2020 art. 5–9; seed A)."""

from guanjian.kernel.needs import Need
from guanjian.kernel.offences import Gap, Modus
from guanjian.kernel.words import Names, Text


class Source(Names):
    """Where the clue came from."""

    ALERT = "alert", "预警处置", "An alert"
    DECLARATION = "declaration", "报关单审核", "A declaration"
    EXAMINATION = "examination", "查验", "An examination"
    AUDIT = "audit", "稽查", "A post-clearance audit"
    INSTRUCTION = "instruction", "风险布控", "A control instruction"
    REPORT = "report", "举报", "A report from the public"
    ROSTER = "roster", "关警联合值班", "Joint watch on site"


class Paper(Names):
    """The papers of a transfer (art. 6)."""

    LETTER = "letter", "涉嫌犯罪案件移送书", "Transfer letter"
    REPORT = "report", "情况调查报告", "Report of inquiry"
    GOODS = "goods", "涉案物品清单", "List of goods"
    OPINION = "opinion", "检验报告或鉴定结论", "Test report or expert opinion"
    OTHER = "other", "其他材料", "Other material"


REASON = Need("reason", Text("理由", "Reasons"), "text", min_length=5)
OPINION = Need("opinion", Text("意见", "Opinion"), "text", min_length=2)
TRANSFER_FORM = (
    Need("source", Text("来源类型", "Kind of source"), "choice", Source),
    Need("source_papers", Text("来源单据编号（每行一条）", "Source papers (one number a line)"), "many"),
    Need("modus", Text("涉嫌走私手法", "Suspected modus"), "many", Modus),
    Need("enterprises", Text("涉案企业（每行一家）", "Enterprises (one a line)"), "many"),
    Need("hs_code", Text("涉案商品编号", "HS code")),
    Need("value_cny", Text("案值估算（元）", "Estimated value (CNY)"), "money"),
    Need("evaded_cny", Text("涉税估算（元）", "Estimated duty evaded (CNY)"), "money", required=False),
    Need("handlers", Text("承办人（两人以上，每行一人）", "Handling officers (two or more, one a line)"), "many"),
    Need("papers", Text("移送材料", "Papers enclosed"), "many", Paper),
    Need("summary", Text("线索情况", "What is suspected and why"), "text", min_length=10),
)
RECEIPT = Need("receipt_no", Text("回执编号", "Receipt number"))
FILING_NO = Need("filing_no", Text("立案文书号", "Filing document number"))
GAP_NEEDS = (
    Need("gap_code", Text("漏洞类型", "Kind of gap"), "choice", Gap),
    Need("gap_description", Text("漏洞描述", "The loophole"), "text", min_length=5),
    Need("measure_wanted", Text("堵漏要求", "What has to be done"), "text", min_length=5),
)
