"""The step table of 布控指令 (domain §5.3): 草拟→待审→下达→签收→生效→命中→查验反馈→解控/到期→评估."""

from guanjian.kernel.flow import Flow, Step, Wait
from guanjian.kernel.needs import Need
from guanjian.kernel.words import Names, Text
from guanjian.kernel.workdays import Limit
from guanjian.loops.instruction import rules
from guanjian.loops.instruction.needs import EXAMINED, OPINION, ORDER, REASON, Worth
from guanjian.org.posts import Post

PROPOSED = "默认参数（布控），待本单位核定 · proposed default"
ON_TIME = "布控按时签收率口径：“按时”指接收后10分钟内（情报系统报表说明）"


class S(Names):
    """The states of an instruction."""

    DRAFTED = "drafted", "草拟", "Drafted"
    SUBMITTED = "submitted", "待审批", "Approval due"
    ISSUED = "issued", "已下达待签收", "Issued, to be signed for"
    IN_FORCE = "in_force", "生效", "In force"
    HIT = "hit", "命中待查验", "Hit, to be examined"
    EXAMINED = "examined", "已查验反馈", "Examined"
    ENDED = "ended", "已解控待评估", "Ended, to be evaluated"
    EVALUATED = "evaluated", "已评估", "Evaluated"
    DROPPED = "dropped", "未批准", "Not approved"


RISK = (Post.RISK,)
FRONT = (Post.FRONTLINE, Post.SECTION_CHIEF)
HEADS = (Post.LEADER,)

FLOW = Flow(
    "instruction",
    Text("布控指令", "Control instructions"),
    S.DRAFTED,
    (S.EVALUATED, S.DROPPED),
    steps=(
        Step("submit", Text("提交审批", "Submit"), (S.DRAFTED,), S.SUBMITTED, by=RISK, needs=ORDER, rule=rules.dated,
             weight="main"),
        Step("discard", Text("不予布控", "Do not issue"), (S.DRAFTED,), S.DROPPED, by=RISK, needs=(REASON,)),
        Step("countersign", Text("职能会签", "Countersign"), (S.SUBMITTED,), None, by=(Post.FUNCTION,), needs=(OPINION,),
             apart_from=("submit",), signs=True, weight="main"),
        Step("approve", Text("批准下达", "Approve and issue"), (S.SUBMITTED,), S.ISSUED, by=HEADS, needs=(OPINION,),
             apart_from=("submit", "countersign"), after=("countersign",), weight="main"),
        Step("send_back", Text("退回修改", "Send back"), (S.SUBMITTED,), S.DRAFTED, by=(Post.FUNCTION, *HEADS),
             needs=(REASON,), apart_from=("submit",)),
        Step("refuse", Text("不批准", "Refuse"), (S.SUBMITTED,), S.DROPPED, by=HEADS, needs=(REASON,), apart_from=("submit",)),
        Step("sign", Text("签收", "Sign for"), (S.ISSUED,), S.IN_FORCE, by=FRONT, rule=rules.late_is_explained,
             needs=(Need("late_why", Text("逾时原因（10分钟内签收不填）", "Why late (only after ten minutes)"), "text", required=False),),
             weight="main"),
        Step("hit", Text("登记命中", "Record a hit"), (S.IN_FORCE,), S.HIT, by=(*FRONT, *RISK), bar=rules.begun,
             needs=(Need("entry_id", Text("命中的报关单号", "Declaration hit")),), weight="main"),
        Step("examine", Text("查验反馈", "Report the examination"), (S.HIT,), S.EXAMINED, by=FRONT, needs=EXAMINED,
             rule=rules.as_ordered, weight="main"),
        Step("keep", Text("继续布控", "Keep in force"), (S.EXAMINED,), S.IN_FORCE, by=RISK, needs=(OPINION,)),
        Step("lift", Text("解控", "Lift"), (S.ISSUED, S.IN_FORCE, S.EXAMINED), S.ENDED, by=RISK, needs=(REASON,),
             sets={"ended_how": "lifted"}),
        Step("expire", Text("到期", "Expire"), (S.IN_FORCE, S.EXAMINED), S.ENDED, by=(*RISK, Post.SYSTEM), bar=rules.ended,
             sets={"ended_how": "expired"}),
        Step("evaluate", Text("评估", "Evaluate"), (S.ENDED,), S.EVALUATED, by=(Post.FUNCTION,), apart_from=("submit",),
             needs=(Need("worth", Text("评估结论", "Conclusion"), "choice", Worth), OPINION), weight="main"),
    ),
    waits=(
        Wait(S.DRAFTED, Limit(3, "wd", PROPOSED, "limit.instruction.drafted")),
        Wait(S.SUBMITTED, Limit(4, "h", PROPOSED, "limit.instruction.submitted")),
        Wait(S.ISSUED, Limit(10, "min", ON_TIME, "limit.instruction.issued")),
        Wait(S.IN_FORCE, Limit(6, "m", PROPOSED, "limit.instruction.in_force"), until="valid_to"),
        Wait(S.HIT, Limit(2, "wd", PROPOSED, "limit.instruction.hit")),
        Wait(S.EXAMINED, Limit(2, "wd", PROPOSED, "limit.instruction.examined")),
        Wait(S.ENDED, Limit(10, "wd", PROPOSED, "limit.instruction.ended")),
    ),
    readers=(Post.HOUSE_LEADER, Post.POLICE, Post.POLICE_LEADER, Post.OVERSIGHT),
    opens=RISK,
    opening=(
        Need("title", Text("布控事由", "Reason for control")),
        Need("unit_code", Text("接收单位代码", "Code of the receiving unit")),
    ),
)  # fmt: skip
