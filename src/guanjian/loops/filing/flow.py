"""The step table of 改革项目报备审查 (B3, domain §6.2): a reform that passed the gates waits for headquarters before it begins."""

from guanjian.kernel.flow import Flow, Step, Wait
from guanjian.kernel.words import Names, Text
from guanjian.kernel.workdays import Limit
from guanjian.loops.filing import needs, rules
from guanjian.org.posts import Post

PROPOSED = "默认参数（改革项目报备审查），待本单位核定 · proposed default"
LAW = "法规规章备案审查条例（2024）：{}（比照）"


class S(Names):
    """The states of a filing."""

    PREPARED = "prepared", "待报备", "To be filed"
    FILED = "filed", "待受理", "To be accepted"
    SUPPLEMENT = "supplement", "待补正", "Papers to be supplemented"
    ACCEPTED = "accepted", "审查中", "Being examined"
    EXAMINED = "examined", "待答复", "To be answered"
    CHANGING = "changing", "修改中（重走七道程序）", "Being changed, through the gates again"
    SUSPENDED = "suspended", "暂缓实施", "Suspended"
    AGREED = "agreed", "同意实施，待施行", "Agreed, not yet begun"
    IMPLEMENTED = "implemented", "已施行待评估", "Begun, to be evaluated"
    EVALUATED = "evaluated", "已评估待结论", "Evaluated, to be concluded"
    CONCLUDED = "concluded", "评估办结", "Concluded"
    REFUSED = "refused", "不予实施", "Not implemented"


DISTRICT, HQ, HQ_HEAD, BY_ITSELF = (Post.FUNCTION,), (Post.FUNCTION,), (Post.LEADER,), (Post.SYSTEM,)

SENDING = (
    Step("file", Text("报备总署", "File to headquarters"), (S.PREPARED,), S.FILED, by=DISTRICT, needs=needs.FILED, weight="main"),
    Step("accept", Text("受理", "Accept"), (S.FILED,), S.ACCEPTED, by=HQ, above=True, bar=rules.pack_is_whole,
         apart_from=("file", "supplement"), weight="main"),
    Step("ask_supplement", Text("要求补正", "Ask for papers"), (S.FILED,), S.SUPPLEMENT, by=HQ, above=True, needs=needs.MISSING,
         rule=rules.really_missing, apart_from=("file", "supplement")),
    Step("supplement", Text("补正报备材料", "Supplement"), (S.SUPPLEMENT,), S.FILED, by=DISTRICT, needs=(needs.FILED[2],), weight="main"),
)  # fmt: skip
ANSWERING = (
    Step("examine", Text("提出审查意见", "Examine"), (S.ACCEPTED,), S.EXAMINED, by=HQ, above=True, needs=needs.EXAMINED,
         apart_from=("file", "supplement"), weight="main"),
    Step("agree", Text("答复：同意实施", "Answer: agreed"), (S.EXAMINED,), S.AGREED, by=HQ_HEAD, above=True, needs=needs.ANSWER,
         apart_from=("examine", "file"), weight="main"),
    Step("demand_changes", Text("答复：修改后实施", "Answer: change it first"), (S.EXAMINED,), S.CHANGING, by=HQ_HEAD, above=True,
         needs=needs.CHANGES, apart_from=("examine", "file"),
         help=Text("修改后的方案重走七道程序，再回到总署审查。", "What is changed passes the gates again and comes back.")),
    Step("suspend", Text("答复：暂缓实施", "Answer: suspended"), (S.EXAMINED,), S.SUSPENDED, by=HQ_HEAD, above=True, needs=needs.PAUSE,
         rule=rules.day_ahead, apart_from=("examine", "file")),
    Step("refuse", Text("答复：不同意实施", "Answer: refused"), (S.EXAMINED,), S.REFUSED, by=HQ_HEAD, above=True, needs=needs.ANSWER,
         apart_from=("examine", "file"), weight="grave"),
    Step("bring_changed", Text("修改已决定，回到审查", "The change is decided: examined again"), (S.CHANGING,), S.ACCEPTED,
         by=BY_ITSELF, needs=(needs.DECIDED,)),
    Step("file_again", Text("重新报备", "File again"), (S.SUSPENDED,), S.FILED, by=DISTRICT, needs=needs.FILED,
         bar=rules.pause_is_over, weight="main"),
    Step("give_up", Text("不再实施", "Give it up"), (S.PREPARED, S.SUPPLEMENT, S.SUSPENDED, S.CHANGING), S.REFUSED,
         by=(*DISTRICT, *BY_ITSELF), needs=(needs.REASON,), weight="grave"),
)  # fmt: skip
TRYING = (
    Step("begin", Text("到期施行", "Comes into force"), (S.AGREED,), S.IMPLEMENTED, by=BY_ITSELF),
    Step("evaluate", Text("报告实施评估", "Report how it went"), (S.IMPLEMENTED,), S.EVALUATED, by=DISTRICT, needs=needs.EVALUATION,
         weight="main"),
    Step("conclude", Text("评估结论", "Conclude"), (S.EVALUATED,), S.CONCLUDED, by=HQ, above=True, needs=needs.CONCLUSION,
         apart_from=("evaluate", "file"), weight="main"),
    Step("return_evaluation", Text("评估不实，退回", "Send the evaluation back"), (S.EVALUATED,), S.IMPLEMENTED, by=HQ, above=True,
         needs=(needs.REASON,), apart_from=("evaluate",)),
)  # fmt: skip


def _limit(state: S, amount: int, unit: str, source: str = PROPOSED, holds: S | None = None) -> Wait:
    return Wait(state, Limit(amount, unit, source, f"limit.filing.{state}"), holds=holds)


FLOW = Flow(
    "filing",
    Text("改革报备审查", "Filing of reforms"),
    S.PREPARED,
    (S.CONCLUDED, S.REFUSED),
    steps=(*SENDING, *ANSWERING, *TRYING),
    waits=(
        _limit(S.PREPARED, 30, "cd", LAW.format("决定后三十日内报备")),
        _limit(S.FILED, 5, "wd"),
        _limit(S.SUPPLEMENT, 15, "cd", LAW.format("十五日内补正"), holds=S.FILED),
        _limit(S.ACCEPTED, 2, "m", LAW.format("两个月内审查")),
        _limit(S.EXAMINED, 10, "wd"),
        _limit(S.CHANGING, 6, "m"),
        _limit(S.SUSPENDED, 1, "y"),
        _limit(S.AGREED, 6, "m"),
        _limit(S.IMPLEMENTED, 1, "y"),
        _limit(S.EVALUATED, 1, "m"),
    ),
    readers=(Post.LEADER, Post.OVERSIGHT, Post.RISK),
)
