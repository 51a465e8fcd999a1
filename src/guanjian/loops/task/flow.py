"""The step table of 任务分解与督办 (B6, domain §4.6, §6.3): unit, post and date; whoever worked on it does not judge it."""

from guanjian.kernel.flow import Flow, Step, Wait
from guanjian.kernel.words import Names, Text
from guanjian.kernel.workdays import Limit
from guanjian.loops.task import needs, rules
from guanjian.org.posts import WORKERS, Post

PROPOSED = "默认参数（任务），待本单位核定 · proposed default"
LAW = "政府督查工作条例（2021）第十七条：异议三十日内复核"


class S(Names):
    """The states of a task."""

    ASSIGNED = "assigned", "待签收承诺", "To be promised"
    OBJECTED = "objected", "异议复核中", "Objection under review"
    WORKING = "working", "办理中", "Being worked"
    REPORTED = "reported", "已报完成待验收", "Reported done, to be evaluated"
    DONE = "done", "验收办结", "Done"
    WITHDRAWN = "withdrawn", "已收回", "Withdrawn"


ISSUERS = (Post.FUNCTION, Post.OVERSIGHT, Post.LEADER, Post.HOUSE_LEADER, Post.POLICE_LEADER)
HEADS = (Post.SECTION_CHIEF, Post.HOUSE_LEADER, Post.FUNCTION, Post.LEADER, Post.OVERSIGHT, Post.POLICE_LEADER)
BY_ITSELF = (Post.SYSTEM,)
UNDER_WAY = (S.ASSIGNED, S.WORKING)
WORK = ("promise", "decompose", "report", "finish")


def _asked(name: str, title: Text, source: S, target: S | None, **more) -> Step:
    """A step of the side that asked, kept from whoever worked on the task."""
    return Step(name, title, (source,), target, by=ISSUERS, side="issuer", **more)


DOING = (
    Step("promise", Text("签收并承诺", "Accept and promise"), (S.ASSIGNED,), S.WORKING, by=WORKERS, whose="post", needs=needs.PROMISE,
         rule=rules.promised_in_time, weight="main"),
    Step("object", Text("对任务提出异议", "Object to the assignment"), (S.ASSIGNED,), S.OBJECTED, by=WORKERS, whose="post",
         needs=needs.OBJECTION, bar=rules.not_reviewed_yet),
    Step("report", Text("报告进展", "Report progress"), (S.WORKING,), None, by=WORKERS, whose="post", needs=needs.PROGRESS,
         rule=rules.at_most_whole),
    Step("decompose", Text("分解任务", "Decompose"), (S.WORKING,), None, by=HEADS, whose="post", needs=needs.PARTS, rule=rules.parts_fit,
         help=Text("分解到单位、岗位和期限；各项办结后，本任务方可报完成。",
                   "To unit, post and date; the whole is reported done when its parts are.")),
    Step("finish", Text("报告完成", "Report it done"), (S.WORKING,), S.REPORTED, by=WORKERS, whose="post", needs=needs.RESULT,
         bar=rules.parts_are_done, weight="main"),
)  # fmt: skip
REVIEWING = (
    _asked("uphold", Text("异议不成立", "Overrule the objection"), S.OBJECTED, S.ASSIGNED, needs=(needs.REASON,),
           kept_from="assigners", apart_from=("object",), weight="main"),
    _asked("adjust", Text("异议部分成立，调整任务", "Adjust the task"), S.OBJECTED, S.ASSIGNED, kept_from="assigners",
           needs=(needs.POST, needs.STANDARD, needs.FINISH_BY, needs.REASON), rule=rules.day_ahead("finish_by"),
           apart_from=("object",)),
    _asked("drop", Text("异议成立，收回任务", "The objection holds: withdraw it"), S.OBJECTED, S.WITHDRAWN, needs=(needs.REASON,),
           kept_from="assigners", apart_from=("object",)),
)  # fmt: skip
JUDGING = (
    _asked("evaluate", Text("验收评价", "Evaluate"), S.REPORTED, S.DONE, needs=needs.EVALUATION, rule=rules.graded_as_earned,
           kept_from="on_it", apart_from=WORK, weight="main"),
    _asked("send_back", Text("不符合标准，退回", "Below the standard: send back"), S.REPORTED, S.WORKING,
           needs=(needs.REASON, needs.DUE_ON), rule=rules.day_ahead("due_on"), kept_from="on_it", apart_from=WORK),
    _asked("extend", Text("批准延期", "Extend"), S.WORKING, S.WORKING, needs=(needs.FINISH_BY, needs.REASON), rule=rules.later,
           sets={"due_on": ""}, kept_from="on_it", apart_from=("promise",)),
    Step("withdraw", Text("收回任务", "Withdraw the task"), UNDER_WAY, S.WITHDRAWN, by=(*ISSUERS, *BY_ITSELF), side="issuer",
         needs=(needs.REASON,), kept_from="on_it", apart_from=("promise",), weight="grave"),
)  # fmt: skip
URGED = (
    Step("count_red", Text("逾期亮红灯", "A red lamp is counted"), UNDER_WAY, None, by=BY_ITSELF, needs=needs.RED),
    Step("renew", Text("督办后重新承诺", "Promised anew when urged"), (S.WORKING,), S.WORKING, by=BY_ITSELF, needs=(needs.DUE_ON,)),
    Step("note_ruling", Text("记入问责决定", "The ruling is noted"), (S.ASSIGNED, S.OBJECTED, S.WORKING, S.REPORTED), None,
         by=BY_ITSELF, needs=needs.RULING),
)  # fmt: skip

FLOW = Flow(
    "task",
    Text("任务与督办", "Tasks"),
    S.ASSIGNED,
    (S.DONE, S.WITHDRAWN),
    steps=(*DOING, *REVIEWING, *JUDGING, *URGED),
    waits=(
        Wait(S.ASSIGNED, Limit(2, "wd", PROPOSED, "limit.task.assigned")),
        Wait(S.OBJECTED, Limit(30, "cd", LAW, "limit.task.objected"), holds=S.ASSIGNED),
        Wait(S.WORKING, Limit(1, "y", PROPOSED, "limit.task.working"), until="ends_on"),
        Wait(S.REPORTED, Limit(5, "wd", PROPOSED, "limit.task.reported")),
    ),
    opens=ISSUERS,
    opening=needs.OPENING,
)
