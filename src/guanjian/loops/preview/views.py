"""The desk of 出台前审查: where the draft stands among its gates, what it says, and what each gate brought forth."""

from __future__ import annotations

from collections.abc import Iterable

from guanjian.kernel.flow import Facts
from guanjian.kernel.rulemaking import Action, Form, Kind, WorkPost
from guanjian.kernel.words import Text
from guanjian.loops.preview.flow import S
from guanjian.loops.preview.models import Preview
from guanjian.loops.preview.needs import Adopted, Built, Exempt, Grade, Hazard
from guanjian.moving.beside import beside
from guanjian.org.actor import Actor
from guanjian.pages.desk import Column, Desk, Row, Section, register

GATES = (  # the gate, the states in which it waits, the steps that pass it
    (Text("① 调研论证", "1 Research"), (S.DRAFTING, S.RESEARCH), ("research",)),
    (Text("② 公众参与", "2 The public"), (S.CONSULT, S.CONSULTING), ("sum_up", "exempt")),
    (Text("③ 专家咨询", "3 Experts"), (S.EXPERTS,), ("consult_experts",)),
    (Text("④ 制度廉洁性审查", "4 Integrity review"), (S.INTEGRITY,), ("pass_integrity",)),
    (Text("⑤ 合法性审查", "5 Legality review"), (S.LEGALITY,), ("pass_legality",)),
    (Text("⑥ 内控有效性审核", "6 Internal-control review"), (S.CONTROL,), ("pass_control",)),
    (Text("⑦ 集体讨论决定", "7 Collective decision"), (S.DECISION,), ("decide",)),
)
PASSED, HERE, AHEAD = Text("已通过", "Passed"), Text("正在办理", "Here now"), Text("未到", "Ahead")
AGAIN = Text("退回修改后重做", "To be done again")
MOVE = Text("{node}：{a} → {b}", "{node}: {a} → {b}")
VOTES = Text(
    "应到{m}，实到{n}；赞成{f}，反对{a}，弃权{w}", "{m} members, {n} present; {f} for, {a} against, {w} abstained"
)


def standing(draft: Preview) -> list[Text]:
    """For each gate: passed, here, or ahead. The order of the gates decides, not what was done before a change."""
    place = next((n for n, (_, states, _) in enumerate(GATES) if draft.state in states), None)
    if draft.state == S.DECIDED:
        place = len(GATES)
    if place is None:
        return [PASSED if set(steps) & set(draft.hands) and n < 3 else AGAIN if n >= 3 else AHEAD
                for n, (_, _, steps) in enumerate(GATES)]  # fmt: skip
    return [PASSED if n < place else HERE if n == place else AHEAD for n in range(len(GATES))]


def _gates(draft: Preview, actor: Actor) -> list[Row]:
    if draft.state == S.REFUSED:
        return []
    return [Row(gate, said) for (gate, _, _), said in zip(GATES, standing(draft), strict=True)]


def _kept(*rows: Row) -> list[Row]:
    return [row for row in rows if row.value not in ("", None, [])]


def _draft(draft: Preview, actor: Actor) -> list[Row]:
    values = [
        f"{row['code']} = {row['value']}" + (f"（{row['since']}）" if row["since"] else "") for row in draft.parameters
    ]
    return _kept(
        Row(Text("事项", "What"), Text("{a} · {k}", "{a} · {k}").filled(a=Action(draft.action).label, k=Kind(draft.kind).label)),
        Row(Text("形式", "Form"), Form(draft.form).label),
        Row(Text("必要性", "Why"), draft.necessity),
        Row(Text("草案全文", "Draft"), draft.text, "prose"),
        Row(Text("参数", "Parameters"), values, "list"),
        Row(Text("对应控制", "Controls"), draft.controls, "list"),
        Row(Text("配套培训", "Training"), draft.trainings, "list"),
    )  # fmt: skip


def _lines(facts: Facts, name: str, says: str, **labels) -> list[Text | str]:
    """Rows of a fact, each as one line; the columns named are shown by their label."""
    shown: Iterable[dict] = facts.get(name, [])
    return [Text(says, says).filled(**{k: labels[k](v).label if k in labels else v for k, v in row.items()}) for row in shown]  # fmt: skip


def _before(draft: Preview, actor: Actor) -> list[Row]:
    """What research, the public and the experts said."""
    research, public, experts = (draft.facts.get(name, {}) for name in ("research", "sum_up", "consult_experts"))
    exempt = draft.facts.get("exempt", {})
    why = Text("{kind}：{said}", "{kind}: {said}")
    return _kept(
        Row(Text("① 调研结论", "1 Research"), research.get("found", "")),
        Row(Text("② 征求意见截止", "2 Open until"), draft.consult_until, "when"),
        Row(Text("② 不公开征求意见", "2 The public not asked"),
            why.filled(kind=Exempt(exempt["exempt"]).label, said=exempt["exempt_reason"]) if exempt else ""),
        Row(Text("② 意见和采纳", "2 Opinions"), _lines(public, "opinions", "{said}（{adopted}：{why}）", adopted=Adopted), "list"),
        Row(Text("③ 专家意见", "3 Experts"), [f"{row['name']}（{row['home']}）：{row['said']}" for row in experts.get("experts", [])], "list"),
    )  # fmt: skip


def _reviewed(draft: Preview, actor: Actor) -> list[Row]:
    """What the three reviews found."""
    integrity, law, control = (
        draft.facts.get(name, {}) for name in ("pass_integrity", "pass_legality", "pass_control")
    )
    moves = [
        MOVE.filled(node=m["node"], a=WorkPost(m["from_post"]).label, b=WorkPost(m["to_post"]).label)
        for m in draft.moves
    ]
    return _kept(
        Row(Text("④ 廉洁性风险点", "4 Hazards"), _lines(integrity, "hazards", "{kind}：{where}；{against}", kind=Hazard), "list"),
        Row(Text("⑤ 合法性意见", "5 Legality"), law.get("opinion", "")),
        Row(Text("⑥ 内控节点", "6 Nodes"), _lines(control, "nodes", "{node}（{built}）：{measure}", built=Built), "list"),
        Row(Text("⑥ 权力调整", "6 Power that moves"), moves, "list"),
        Row(Text("⑥ 残余风险", "6 Risk left"), Grade(control["residual"]).label if control else ""),
    )  # fmt: skip


def _decided(draft: Preview, actor: Actor) -> list[Row]:
    facts = draft.facts.get("decide") or draft.facts.get("refuse")
    if not facts:
        return []
    votes = VOTES.filled(m=facts["entitled"], n=len(facts["attended"]), f=facts["votes_for"], a=facts["votes_against"],
                         w=facts["votes_withheld"])  # fmt: skip
    return _kept(
        Row(Text("⑦ 会议", "7 Meeting"), facts["meeting"]),
        Row(Text("⑦ 出席和表决", "7 Votes"), votes),
        Row(Text("⑦ 不同意见", "7 Dissent"), facts["dissent"]),
        Row(Text("⑦ 决定", "7 Resolution"), facts["resolution"]),
    )


DESK = register(
    Desk(
        Preview,
        Text("改革项目和重要制度出台、修订、废止前，依次经过七道必经程序，一道不少；谁起草谁不审查，谁审查谁不决定。",
             "Before a reform or rule is launched, changed or repealed it passes seven gates in order; who drafts does not judge."),
        columns=(
            Column(Text("事项", "What"), lambda draft: Action(draft.action).label),
            Column(Text("类别", "Kind"), lambda draft: Kind(draft.kind).label),
        ),
        sections=(
            Section(Text("七道程序", "The seven gates"), _gates),
            Section(Text("草案", "Draft"), _draft),
            Section(Text("调研与意见", "Research and opinions"), _before),
            Section(Text("三项审查", "The three reviews"), _reviewed),
            Section(Text("集体决定", "The decision"), _decided),
        ),
        related=beside,
        search_fields=("title", "necessity"),
    )
)  # fmt: skip
