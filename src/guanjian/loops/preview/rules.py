"""What forbids a gate to be passed: each condition in one function."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from guanjian.kernel.rulemaking import why_not_moved
from guanjian.kernel.words import Text
from guanjian.kernel.workdays import CHINA
from guanjian.loops.preview.needs import Flag, Hazard, Interest

OPEN_AT_LEAST, OPEN_AT_MOST = timedelta(days=30), timedelta(days=90)  # 规章制定程序条例（2017）art. 15
EXPERTS_AT_LEAST = 2
QUORUM = (2, 3)  # of the members, for a decision of this weight


def today() -> date:
    """The day in China."""
    return datetime.now(CHINA).date()


def long_enough(record, facts) -> Text | None:
    """The public has thirty days, counted from today: a notice is not back-dated."""
    until = date.fromisoformat(facts["consult_until"])
    if until < today() + OPEN_AT_LEAST:
        return Text(
            "公开征求意见自今天起不少于30日（规章制定程序条例第十五条）。",
            "The public is asked for at least 30 days from today (art. 15).",
        )
    if until > today() + OPEN_AT_MOST:
        return Text("征求意见期不超过90日。", "The public is asked for at most 90 days.")
    return None


def public_is_heard(record) -> Text | None:
    """The consultation ends when its last day is over."""
    if record.consult_until is None or today() <= record.consult_until:
        return Text("征求意见尚未截止，不能提前汇总。", "The consultation is still open: it is not summed up before.")
    return None


def every_opinion_is_answered(record, facts) -> Text | None:
    """As many as came in, each adopted or not, with its reason."""
    received, told = int(facts["received"]), len(facts["opinions"])
    if received < 0 or received < told or (received > 0 and told == 0):
        return Text(
            "收到意见的，须汇总并逐条写明采纳情况和理由；汇总条数不能多于收到数。",
            "What came in is summed up, each with its reason; not more than came in.",
        )
    return None


def experts_are_free(record, facts) -> Text | None:
    """Two at least, different people, none with an interest, none who drafted it."""
    names = [row["name"] for row in facts["experts"]]
    if len(set(names)) < EXPERTS_AT_LEAST or len(set(names)) < len(names):
        return Text(f"须有{EXPERTS_AT_LEAST}名以上不同专家的意见。", f"At least {EXPERTS_AT_LEAST} different experts.")
    if tied := [row["name"] for row in facts["experts"] if row["interest"] == Interest.HAS]:
        return Text("{who}有利害关系，须回避、另请专家。", "{who} has an interest: ask somebody else.").filled(
            who="、".join(tied)
        )
    if own := sorted(set(names) & set(record.hands.values())):
        return Text("{who}参与起草，不能作为专家。", "{who} drafted it and is no expert on it.").filled(
            who="、".join(own)
        )
    return None


def every_hazard_is_looked_at(record, facts) -> Text | None:
    """All four kinds, one by one."""
    missing = [kind.label for kind in Hazard if kind not in {row["kind"] for row in facts["hazards"]}]
    if missing:
        said = Text("、".join(one.zh for one in missing), ", ".join(one.en for one in missing))
        return Text("四类廉洁性风险须逐类审查，缺：{what}。", "Each hazard is looked at; missing: {what}.").filled(
            what=said
        )
    return None


def power_is_accounted_for(record, facts) -> Text | None:
    """Either nothing moves, or every move is to another post that may hold it; a high risk left does not pass."""
    if bool(facts["moves"]) == bool(facts["nothing_moves"]):
        return Text(
            "逐项列明哪些内控节点移出哪个岗位，或勾选“不涉及权力调整”，二者择一。",
            "Say which nodes leave which post, or that nothing moves: one of the two.",
        )
    if reason := why_not_moved(facts["moves"]) or _not_its_holder(record, facts["moves"]):
        return reason
    if facts["residual"] == "high":
        return Text("残余风险为高的，不能通过，应退回修改。", "With a high risk left it does not pass: send it back.")
    if unmet := [flag.label for flag in Flag if flag not in facts["flags"]]:
        said = Text("、".join(one.zh for one in unmet), ", ".join(one.en for one in unmet))
        return Text("四性未全部落实：{what}，应退回修改。", "It lacks: {what}. Send it back.").filled(what=said)
    return None


def _not_its_holder(record, moves: list[dict[str, str]]) -> Text | None:
    """The register of nodes knows who holds a node: it leaves that post and no other."""
    for move in moves:
        holder = record.holder_of(move["node"])
        if holder and holder != move["from_post"]:
            return Text(
                "内控节点“{n}”现属“{post}”岗位，与移出岗位不符。", "Node “{n}” is held by “{post}”, not by that post."
            ).filled(n=move["node"], post=holder.label)
    return None


def small_change(record) -> Text | None:
    """A change of substance goes to the public again."""
    if record.substantial:
        return Text("须作实质性修改的，应重新征求意见。", "A change of substance goes to the public again.")
    return None


def great_change(record) -> Text | None:
    """Whether it is one is for whoever sent it back to say."""
    return None if record.substantial else Text("未要求实质性修改。", "No change of substance was asked for.")


def decided_together(record, facts) -> Text | None:
    """A quorum, votes that add up, a majority of all members, and the dissent written down."""
    if reason := met(record, facts):
        return reason
    if 2 * int(facts["votes_for"]) <= int(facts["entitled"]):
        return Text("赞成票未超过应到会成员的半数，不能决定出台。", "Not more than half of all members are in favour.")
    return None


def met(record, facts) -> Text | None:
    """The meeting could decide."""
    present = facts["attended"]
    members, votes = int(facts["entitled"]), [int(facts[f"votes_{way}"]) for way in ("for", "against", "withheld")]
    if len(set(present)) < len(present) or len(present) > members or min(votes) < 0:
        return Text(
            "出席人员有重复或多于应到会成员，或票数有误。", "Somebody is named twice, or more are present than members."
        )
    part, whole = QUORUM
    if whole * len(present) < part * members or members < 3:
        return Text(
            "出席人数不足应到会成员的三分之二，不能决定。",
            "Two thirds of the members (three at least) must be present.",
        )
    if sum(votes) != len(present):
        return Text("赞成、反对、弃权票之和应等于出席人数。", "The votes must add up to those present.")
    if votes[1] and not facts["dissent"]:
        return Text("有反对票的，须记录不同意见。", "Where somebody voted against, the dissent is written down.")
    return None
