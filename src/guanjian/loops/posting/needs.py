"""What is asked for when somebody is proposed for a post, cleared, consented to, appointed."""

from guanjian.kernel.needs import Need
from guanjian.kernel.ranks import PostLevel
from guanjian.kernel.words import Names, Text
from guanjian.org.posts import Post


class Mode(Names):
    """交流方式 (公务员法 art. 69–72)."""

    TRANSFER = "transfer", "转任", "Transfer"
    ENTER = "enter", "调任", "Entry from outside the service"
    ATTACH = "attach", "挂职", "Attachment for a time"
    ROTATE = "rotate", "轮岗", "Rotation"


SERVING = (Post.FRONTLINE, Post.SECTION_CHIEF, Post.HOUSE_LEADER, Post.RISK, Post.FUNCTION, Post.POLICE, Post.POLICE_LEGAL,
           Post.POLICE_LEADER, Post.OVERSIGHT, Post.LEADER)  # fmt: skip
Serving = Names("Serving", {post.name: (post.value, post.label.zh, post.label.en) for post in SERVING})
POLICE = (Post.POLICE, Post.POLICE_LEGAL, Post.POLICE_LEADER)

REASON = Need("reason", Text("理由", "Reasons"), "text", min_length=5)
OPINION = Need("opinion", Text("意见", "Opinion"), "text", min_length=2)
TO_UNIT = Need("to_unit", Text("拟任单位代码", "Code of the unit"), again=True)
OPENING = (
    Need("officer", Text("工号", "Officer number")),
    Need("mode", Text("交流方式", "Kind of exchange"), "choice", Mode),
    Need("why", Text("缘由", "Occasion"), "text", min_length=5),
    TO_UNIT,
)
PROPOSAL = (
    TO_UNIT,
    Need("to_post", Text("拟任岗位", "Post"), "choice", Serving, again=True),
    Need("to_level", Text("拟任职务层次", "Level of the post"), "choice", PostLevel, again=True),
    Need("starts_on", Text("任职日期", "From"), "date"),
    Need("ends_on", Text("挂职截止日期", "Until (attachment)"), "date", required=False),
    Need("present_rank", Text("现衔级序号（1最高，13最低；关警互转时填）", "Present rank, 1 to 13 (when changing lines)"), "number",
         required=False, again=True),
    Need("new_rank", Text("拟授衔级序号（关警互转时填）", "Rank to be awarded (when changing lines)"), "number", required=False,
         again=True, help=Text("应为现衔级在拟任职务编制衔级幅度内的最近一级；关衔、警衔不互相保留，均为重新授予。",
                               "The present ordinal, or the nearest within the band of the post: it is newly awarded.")),
    REASON,
)  # fmt: skip
ORDER = (
    Need("order_no", Text("任职文号", "Number of the order")),
    Need("meeting", Text("集体研究会议", "Meeting that decided together")),
)
