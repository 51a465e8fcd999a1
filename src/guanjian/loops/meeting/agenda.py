"""What lies before a meeting: numbers and keys from the records of its territory, each told to whom that loop is told.

The posts are those of the loops' own readers who also read meetings (a test compares them): who does not read alerts is
told no number of alerts, and nothing of a compartment is counted at all.
"""

from guanjian.kernel.needs import Need
from guanjian.kernel.words import Names, Text
from guanjian.org.posts import Post

HEADS = (Post.LEADER, Post.FUNCTION, Post.OVERSIGHT, Post.RISK)
ITEMS = {  # item: (loop, readers)
    "alerts": ("alert", HEADS),
    "overdue": ("urge", (*HEADS, Post.POLICE_LEADER)),
    "recurrences": ("rectify", HEADS),
    "stages": ("register", HEADS),
    "notices": ("prompt", HEADS),
}


class Figure(Names):
    """What is counted."""

    NEW = "new", "期内新增预警", "New alerts of the period"
    OPEN = "open", "未办结预警", "Alerts going on"
    LATE = "late", "逾期预警", "Overdue alerts"
    URGE = "urge", "逾期催办", "Urged"
    INTERVIEW = "interview", "二次逾期约谈", "Called in"
    ACCOUNTABILITY = "accountability", "三次逾期问责建议", "Proposals of accountability"
    RECURRED = "recurred", "期内复发问题", "Recurrences of the period"
    LATENT = "latent", "潜伏阶段风险", "Latent risks"
    EMERGING = "emerging", "苗头阶段风险", "Emerging risks"
    TRENDING = "trending", "倾向阶段风险", "Trending risks"
    GENERAL = "general", "普遍阶段风险", "General risks"
    NOTICE = "notice", "期内案件通报", "Case notices of the period"
    PROMPT = "prompt", "期内风险提示", "Risk prompts of the period"


def counted(rows: list) -> Text:
    """In the trail the agenda is its length: the page has it in full."""
    return Text("{n}项", "{n} rows").filled(n=len(rows))


COLUMNS = (
    Need("unit", Text("单位", "Unit")),
    Need("figure", Text("事项", "What"), "choice", Figure),
    Need("number", Text("数量", "Number"), "number"),
    Need("keys", Text("编号", "Keys"), "text", required=False),
)


def _item(name: str, zh: str, en: str) -> Need:
    return Need(name, Text(zh, en), "rows", required=False, columns=COLUMNS, only=ITEMS[name][1], shown=counted)


AGENDA = (
    _item("alerts", "预警情况", "Warnings"),
    _item("overdue", "逾期和督办", "Overdue and urged"),
    _item("recurrences", "问题复发", "Recurrences"),
    _item("stages", "风险阶段", "Stages of risk"),
    _item("notices", "通报和提示", "Notices and prompts"),
)
