"""The step table of 干部交流 (A5, domain §3.9): proposed, cleared, let go, consented to, appointed, entered by the administrator."""

from guanjian.kernel.flow import Flow, Step, Wait
from guanjian.kernel.words import Names, Text
from guanjian.kernel.workdays import Limit
from guanjian.loops.posting import needs, rules
from guanjian.org.posts import Post

PROPOSED = "默认参数（干部交流），待本单位核定 · proposed default"


class S(Names):
    """The states of a posting."""

    DRAFT = "draft", "待拟方案", "To be proposed"
    PROPOSED = "proposed", "待廉洁审查", "To be cleared"
    CLEARED = "cleared", "待同意", "Consent due"
    CONSENTED = "consented", "待任命", "To be decided"
    APPOINTED = "appointed", "已任命待登记岗位", "Appointed, to be entered"
    DONE = "done", "已到任", "In post"
    REFUSED = "refused", "未获同意", "Refused"
    WITHDRAWN = "withdrawn", "已撤回", "Withdrawn"


PERSONNEL = (Post.FUNCTION,)
HEADS = (Post.HOUSE_LEADER, Post.LEADER, Post.POLICE_LEADER)
APPOINTING = (Post.LEADER, Post.POLICE_LEADER)
ON_THE_WAY = ("propose", "clear", "let_go", "consent")

FLOW = Flow(
    "posting",
    Text("干部交流", "Postings"),
    S.DRAFT,
    (S.DONE, S.REFUSED, S.WITHDRAWN),
    steps=(
        Step("propose", Text("提出任职方案", "Propose"), (S.DRAFT,), S.PROPOSED, by=PERSONNEL, needs=needs.PROPOSAL, rule=rules.fits,
             weight="main"),
        Step("advise", Text("提出轮岗意见", "Advise on the rotation"), (S.DRAFT,), None, by=HEADS, whose="advises",
             needs=(needs.OPINION,), sets={"advises": ""}, weight="main",
             help=Text("本单位对何时轮岗、轮往何处、由谁接替的意见，供人事部门拟方案。",
                       "When, where to and who takes over, as the unit sees it: for personnel, who propose.")),
        Step("clear", Text("出具廉洁意见", "Clear him"), (S.PROPOSED,), S.CLEARED, by=(Post.OVERSIGHT,), needs=(needs.OPINION,),
             apart_from=("propose",), weight="main",
             help=Text("凡提必听：任职前须听取监督部门意见。", "Nobody is appointed before oversight has been heard.")),
        Step("let_go", Text("调出一方同意", "Let him go"), (S.CLEARED,), None, by=APPOINTING, needs=(needs.OPINION,),
             apart_from=("propose", "clear"), whose="lets_go", bar=rules.has_to_be_let_go, sets={"released": True}, weight="main"),
        Step("consent", Text("接收一方同意", "Consent to take him"), (S.CLEARED,), S.CONSENTED, by=HEADS, needs=(needs.OPINION,),
             apart_from=("propose", "clear", "let_go"), whose="consents", bar=rules.let_go, weight="main"),
        Step("appoint", Text("任命", "Appoint"), (S.CONSENTED,), S.APPOINTED, by=APPOINTING, needs=needs.ORDER, whose="appoints",
             apart_from=ON_THE_WAY, bar=rules.decided_here, weight="main"),
        Step("appoint_above", Text("上一级任命", "Appoint, at the level above"), (S.CONSENTED,), S.APPOINTED, by=APPOINTING,
             needs=needs.ORDER, whose="appoints", above=True, apart_from=ON_THE_WAY, bar=rules.decided_above, weight="main"),
        Step("enter", Text("岗位登记完毕", "The post is entered"), (S.APPOINTED,), S.DONE, by=(Post.SYSTEM,), bar=rules.holds_it),
        Step("send_back", Text("退回重拟", "Send back"), (S.PROPOSED, S.CLEARED, S.CONSENTED), S.DRAFT,
             by=(Post.OVERSIGHT, *HEADS), needs=(needs.REASON,), apart_from=("propose",), sets={"released": False}),
        Step("refuse", Text("不同意", "Refuse"), (S.PROPOSED, S.CLEARED, S.CONSENTED), S.REFUSED,
             by=(Post.OVERSIGHT, *HEADS), needs=(needs.REASON,), apart_from=("propose",), weight="grave"),
        Step("withdraw", Text("撤回", "Withdraw"), (S.DRAFT, S.PROPOSED), S.WITHDRAWN, by=PERSONNEL, needs=(needs.REASON,)),
        Step("revoke", Text("未到任，撤销任命", "Revoke: he did not take it up"), (S.APPOINTED,), S.WITHDRAWN, by=APPOINTING,
             whose="appoints", needs=(needs.REASON,), weight="grave"),
    ),
    waits=(
        Wait(S.DRAFT, Limit(20, "wd", PROPOSED, "limit.posting.draft"), until="propose_by"),
        Wait(S.PROPOSED, Limit(10, "wd", PROPOSED, "limit.posting.proposed")),
        Wait(S.CLEARED, Limit(10, "wd", PROPOSED, "limit.posting.cleared")),
        Wait(S.CONSENTED, Limit(20, "wd", PROPOSED, "limit.posting.consented")),
        Wait(S.APPOINTED, Limit(30, "cd", PROPOSED, "limit.posting.appointed")),
    ),
    opens=PERSONNEL,
    opening=needs.OPENING,
)  # fmt: skip
