"""What is asked for when a roster is opened, arranged, taken up, handed over, changed and read."""

from guanjian.kernel.needs import Need
from guanjian.kernel.words import Text


def counted(rows: list) -> Text:
    """In the trail the shifts are their number: the page has them in full."""
    return Text("{n}班", "{n} shifts").filled(n=len(rows))


REASON = Need("reason", Text("理由", "Reasons"), "text", min_length=5)
OPINION = Need("opinion", Text("意见", "Opinion"), "text", min_length=2)
OPENING = (
    Need("place", Text("值班现场", "Site")),
    Need("from_day", Text("自", "From"), "date"),
    Need("until_day", Text("至（含当日）", "Until (that day included)"), "date"),
    Need("enterprise", Text("现场经营企业编码", "Enterprise that runs the site"), required=False,
         help=Text("与该企业有已申报关系的人不排班。", "Whoever declared a tie to it is not rostered.")),
)  # fmt: skip
SHIFTS = Need(
    "shifts", Text("班次（开始 | 结束 | 关员工号 | 缉私警察工号）", "Shifts (begins | ends | officers | police)"), "rows",
    again=True, shown=counted,
    columns=(
        Need("starts", Text("开始", "Begins"), "moment"),
        Need("ends", Text("结束", "Ends"), "moment"),
        Need("customs", Text("关员工号", "Customs officers")),
        Need("police", Text("缉私警察工号", "Police officers"))),
    help=Text("每行一班，如 2026-12-01 08:00 | 2026-12-01 16:00 | g220101 g220102 | p220001；同一方多人以空格分开。",
              "One shift a line; several people of one side are parted by spaces.")
)  # fmt: skip
NOTED = Need("noted", Text("接班核对情况", "What was checked on taking up"), "text", required=False)
HANDED = Need("handed", Text("交班事项（交下一班）", "For the next shift"), "text", min_length=2)
CLUE = (
    Need("clue_title", Text("线索名称", "Name of the clue"), max_length=180),
    Need("clue_summary", Text("发现经过", "How it was found"), "text", min_length=10),
    Need("clue_enterprise", Text("涉案企业编码", "Enterprise code"), required=False),
)
SWAP = (
    Need("number", Text("班次序号", "Number of the shift"), "number"),
    Need("leaves", Text("换下人员工号", "Who leaves")),
    Need("stands_in", Text("替班人员工号", "Who stands in")),
    REASON,
)
TOLD = (
    ("planned", "计划班次", "Shifts planned"),
    ("covered", "双方到岗并交班", "Stood by both sides and handed over"),
    ("partial", "到岗不全或未交班", "Stood in part"),
    ("missed", "无人到岗", "Not stood"),
    ("minutes_planned", "计划时长（分钟）", "Minutes planned"),
    ("minutes_done", "双方同时在岗（分钟）", "Minutes with both sides there"),
    ("clues", "现场移交线索", "Clues handed over on site"),
    ("swaps", "换班次数", "Swaps"),
)
READING = (
    *(Need(name, Text(zh, en), "number") for name, zh, en in TOLD),
    Need("watches", Text("逐班情况", "Shift by shift"), "rows", shown=counted, columns=(
        Need("number", Text("班次", "Shift"), "number"),
        Need("customs_at", Text("海关接班", "Customs took up"), "moment", required=False),
        Need("police_at", Text("缉私接班", "Police took up"), "moment", required=False),
        Need("handed_at", Text("交班", "Handed over"), "moment", required=False),
        Need("minutes", Text("同时在岗（分钟）", "Minutes together"), "number"))),
)  # fmt: skip
CONCLUSION = (
    Need("summary", Text("值班小结", "Summary"), "text", min_length=5),
    Need("why_missed", Text("缺岗原因和改进", "Why shifts were not stood, and what follows"), "text", required=False),
)
