"""The step table of 联席会议 and 形势分析例会 (A4, B3; domain §3.7, §6.4): agenda from data, both sides sign, decisions followed up."""

from guanjian.kernel.flow import Flow, Step, Wait
from guanjian.kernel.words import Names, Text
from guanjian.kernel.workdays import Limit
from guanjian.loops.meeting import needs, rules
from guanjian.loops.meeting.agenda import AGENDA
from guanjian.loops.meeting.needs import Kind
from guanjian.org.posts import Post

PROPOSED = "默认参数（会议），待本单位核定 · proposed default"


class S(Names):
    """The states of a meeting."""

    CALLED = "called", "已召集待定议程", "Called, agenda due"
    FIXED = "fixed", "议程已定待召开", "Agenda fixed, to be held"
    HELD = "held", "已召开待签纪要", "Held, minutes to be signed"
    FOLLOWING = "following", "议定事项落实中", "Decisions being carried out"
    CLOSED = "closed", "办结", "Closed"
    CANCELLED = "cancelled", "取消", "Cancelled"


CONVENERS, CHAIR, POLICE, BY_ITSELF = (
    (Post.FUNCTION, Post.OVERSIGHT, Post.RISK),
    (Post.LEADER,),
    (Post.POLICE_LEADER,),
    (Post.SYSTEM,),
)
BEFORE = (S.CALLED, S.FIXED)

MEETING = (
    Step("fix_agenda", Text("生成并固定议程", "Draw up and fix the agenda"), (S.CALLED,), S.FIXED, by=CONVENERS, needs=needs.PERIOD,
         rule=rules.period_in_order, weight="main",
         help=Text("议程由预警、逾期、复发、风险阶段和通报的数据自动生成，不手工填写；固定后随会议存档。",
                   "Drawn from warnings, overdue matters, recurrences, stages and notices, not typed; kept with the meeting.")),
    Step("lay_agenda", Text("议程已生成", "The agenda was drawn up"), (S.FIXED,), None, by=BY_ITSELF, needs=AGENDA,
         bar=rules.period_is_named),
    Step("postpone", Text("改期", "Postpone"), BEFORE, S.CALLED, by=CONVENERS, needs=(needs.PLANNED_ON, needs.REASON),
         rule=rules.planned_ahead, help=Text("改期后议程须重新生成。", "The agenda is drawn up anew.")),
    Step("cancel", Text("取消会议", "Cancel"), BEFORE, S.CANCELLED, by=CONVENERS, needs=(needs.REASON,), weight="grave"),
    Step("hold", Text("记录会议和议定事项", "Record the meeting and its decisions"), (S.FIXED,), S.HELD, by=CONVENERS, needs=needs.HELD,
         bar=rules.ready(Kind.SITUATION), rule=rules.held_well, weight="main"),
    Step("hold_jointly", Text("记录联席会议和议定事项", "Record the conference and its decisions"), (S.FIXED,), S.HELD,
         by=(*CONVENERS, *POLICE), needs=needs.HELD_TOGETHER, bar=rules.ready(Kind.JOINT), rule=rules.held_together, weight="main"),
)  # fmt: skip
SIGNING = (
    Step("sign_customs", Text("海关签署纪要", "Customs sign the minutes"), (S.HELD,), None, by=CHAIR, signs=True,
         apart_from=("hold", "hold_jointly", "sign_police"), weight="main"),
    Step("sign_police", Text("缉私签署纪要", "The police sign the minutes"), (S.HELD,), None, by=POLICE, signs=True,
         bar=rules.only(Kind.JOINT), apart_from=("hold", "hold_jointly", "sign_customs"), weight="main"),
    Step("return_minutes", Text("退回修改", "Send the minutes back"), (S.HELD,), S.FIXED, by=(*CHAIR, *POLICE),
         needs=(needs.REASON,), apart_from=("hold", "hold_jointly")),
    Step("issue", Text("印发纪要，分解落实", "Issue the minutes"), (S.HELD,), S.FOLLOWING, by=CONVENERS, bar=rules.both_have_signed,
         weight="main", help=Text("每项议定事项成为一件任务，落到单位、岗位和期限。",
                                  "Every decision becomes a task of a unit and a post, with a date.")),
)  # fmt: skip
FOLLOWING = (
    Step("note_task", Text("议定事项已下达", "A decision was assigned"), (S.FOLLOWING,), None, by=BY_ITSELF, needs=needs.TASK),
    Step("note_outcome", Text("任务办结反馈", "What became of a decision"), (S.FOLLOWING,), None, by=BY_ITSELF, needs=needs.RESULT),
    Step("give_reason", Text("说明未落实理由", "Say why one is not done"), (S.FOLLOWING,), None, by=CONVENERS, needs=needs.NOT_DONE,
         rule=rules.is_a_decision),
    Step("close", Text("总结办结", "Close"), (S.FOLLOWING,), S.CLOSED, by=CHAIR, needs=needs.SUMMARY, bar=rules.followed_up,
         apart_from=("give_reason",), weight="main"),
)  # fmt: skip

FLOW = Flow(
    "meeting",
    Text("会议", "Meetings"),
    S.CALLED,
    (S.CLOSED, S.CANCELLED),
    steps=(*MEETING, *SIGNING, *FOLLOWING),
    waits=(
        Wait(S.CALLED, Limit(1, "m", PROPOSED, "limit.meeting.called"), until="planned_on"),
        Wait(S.FIXED, Limit(1, "m", PROPOSED, "limit.meeting.fixed"), until="planned_on"),
        Wait(S.HELD, Limit(5, "wd", PROPOSED, "limit.meeting.held")),
        Wait(S.FOLLOWING, Limit(3, "m", PROPOSED, "limit.meeting.following"), until="last_day"),
    ),
    opens=CONVENERS,
    opening=needs.OPENING,
)
