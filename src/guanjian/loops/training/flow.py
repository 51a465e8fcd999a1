"""The step table of 教育培训 (B2, 海关法 art. 73): learned, examined on a drawn paper, certified until a day, or stopped."""

from guanjian.kernel.flow import Flow, Step, Wait
from guanjian.kernel.words import Names, Text
from guanjian.kernel.workdays import Limit
from guanjian.loops.training import needs, rules
from guanjian.org.posts import Post

LAW = "海关法第七十三条；期限为默认参数，待本单位核定 · proposed default"


class S(Names):
    """The states of a training."""

    ASSIGNED = "assigned", "待学习", "To be learned"
    READY = "ready", "待考试", "To be examined"
    SITTING = "sitting", "考试中", "Sitting"
    HANDED_IN = "handed_in", "已交卷待评分", "Handed in, to be marked"
    CERTIFIED = "certified", "合格持证", "Certified"
    FAILED = "failed", "不合格，停止办理本岗位步骤", "Failed: stopped in the post"
    UNFIT = "unfit", "不合格，建议调整岗位", "Failed: to be moved"
    RENEWED = "renewed", "已换证", "Renewed"
    EXPIRED = "expired", "证书过期", "Expired"
    CANCELLED = "cancelled", "已取消", "Cancelled"


LEARNERS = (Post.FRONTLINE, Post.SECTION_CHIEF, Post.HOUSE_LEADER, Post.RISK, Post.FUNCTION, Post.POLICE, Post.POLICE_LEGAL,
            Post.POLICE_LEADER, Post.OVERSIGHT, Post.LEADER)  # fmt: skip
TRAINERS = (Post.FUNCTION,)
BY_ITSELF = (Post.SYSTEM,)


def _own(name: str, title: Text, *way: object, **more: object) -> Step:
    """A step of the person who is trained, whatever his post: by himself, and without the certificate that it leads to."""
    return Step(name, title, *way, by=LEARNERS, named="trainees", open_to_learners=True, **more)


SITTING = (
    _own("study", Text("学完课程", "The course is learned"), (S.ASSIGNED,), S.READY, weight="main",
         needs=(needs.Need("learned", Text("我已学完课程内容", "I have learned it all"), "yes"),)),
    _own("draw", Text("开始考试", "Begin the examination"), (S.READY,), S.SITTING, bar=rules.paper_can_be_drawn, weight="main",
         help=Text("领取试卷即开始计时；试卷按记录的随机种子抽取，事后可复核。",
                   "The clock starts with the paper; it is drawn from a recorded seed and can be drawn again.")),
    _own("submit", Text("交卷", "Hand in"), (S.SITTING,), S.HANDED_IN, needs=(needs.ANSWERS,), bar=rules.in_time,
         rule=rules.answers_the_paper, weight="main", remote=True),
    Step("pass_it", Text("评定合格", "Passed"), (S.HANDED_IN,), S.CERTIFIED, by=BY_ITSELF, needs=(needs.MARK,), rule=rules.reached),
    Step("fail_it", Text("评定不合格", "Failed"), (S.HANDED_IN,), S.FAILED, by=BY_ITSELF, needs=(needs.MARK,), rule=rules.missed),
    Step("time_out", Text("超时未交卷", "Not handed in in time"), (S.SITTING,), S.FAILED, by=BY_ITSELF, bar=rules.time_is_over),
)  # fmt: skip
AFTER = (
    Step("resit", Text("安排补考", "One more attempt"), (S.FAILED,), S.READY, by=TRAINERS, needs=(needs.REASON,),
         bar=rules.once_more, weight="main", kept_from="trainees"),
    Step("refer", Text("建议调整岗位", "Propose to move him"), (S.FAILED,), S.UNFIT, by=TRAINERS, needs=(needs.REASON,),
         weight="grave", kept_from="trainees", help=Text("转入“干部交流”拟办；在重新取得证书前，仍不得办理本岗位步骤。",
                                "A proposal to move opens; until certified he takes no step of the post.")),
    Step("refresh", Text("安排到期复训", "Arrange the refresher"), (S.CERTIFIED,), None, by=BY_ITSELF, bar=rules.not_expired,
         sets={"refresher_due": True}),
    Step("renew", Text("复训合格，换证", "Renewed"), (S.CERTIFIED,), S.RENEWED, by=BY_ITSELF),
    Step("expire", Text("证书到期", "The certificate expires"), (S.CERTIFIED,), S.EXPIRED, by=BY_ITSELF, bar=rules.has_expired),
    Step("cancel", Text("取消", "Cancel"), (S.ASSIGNED, S.READY), S.CANCELLED, by=TRAINERS, needs=(needs.REASON,),
         kept_from="trainees"),
)  # fmt: skip


def _limit(state: S, amount: int, unit: str, until: str = "") -> Wait:
    return Wait(state, Limit(amount, unit, LAW, f"limit.training.{state}"), until=until)


FLOW = Flow(
    "training",
    Text("教育培训", "Training"),
    S.ASSIGNED,
    (S.UNFIT, S.RENEWED, S.EXPIRED, S.CANCELLED),
    steps=(*SITTING, *AFTER),
    waits=(
        _limit(S.ASSIGNED, 2, "m", "until"),
        _limit(S.READY, 20, "wd"),
        _limit(S.SITTING, 60, "min"),
        _limit(S.HANDED_IN, 1, "wd"),
        _limit(S.CERTIFIED, 5, "y", "expires_on"),
        _limit(S.FAILED, 20, "wd"),
    ),
    opens=TRAINERS,
    opening=needs.OPENING,
)  # fmt: skip
