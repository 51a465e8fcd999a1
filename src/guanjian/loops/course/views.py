"""The desk of 课程题库: what is taught, how it is asked; the right answers only to whoever wrote or reviewed them."""

from __future__ import annotations

from guanjian.kernel.words import Text
from guanjian.loops.course.actions import open_by_hand
from guanjian.loops.course.models import Course
from guanjian.loops.course.needs import Learner, Right
from guanjian.moving.beside import beside
from guanjian.org.actor import Actor
from guanjian.pages.desk import Column, Desk, Row, Section, register

VERSION = Text("第{n}版 · {day}起使用 · 题库指纹 {bank}", "Version {n}, in use from {day}, bank {bank}")
PAPER = Text(
    "题库{n}题，每卷抽{k}题，{p}分合格，证书有效{m}个月", "{n} questions, {k} on a paper, {p} to pass, valid {m} months"
)
QUESTION = Text(
    "{ask}　甲 {a}；乙 {b}；丙 {c}；丁 {d}。答案：{right}", "{ask} A {a}; B {b}; C {c}; D {d}. Right: {right}"
)


def _kept(*rows: Row) -> list[Row]:
    return [row for row in rows if row.value not in ("", None, [])]


def _paper(told: dict) -> Text:
    values = {"k": told["asked"], "p": told["pass_mark"], "m": told["valid_months"]}
    return PAPER.filled(n=len(told["questions"]), **values)


def _about(one: Course, actor: Actor) -> list[Row]:
    draft = {name: getattr(one, name) for name in ("questions", "asked", "pass_mark", "valid_months")}
    used = one.in_use or {}
    return _kept(
        Row(Text("课程代码", "Code"), one.code),
        Row(Text("培训目的", "What it is for"), one.about),
        Row(Text("须持证岗位", "Posts that need it"), [Learner(post).label for post in one.posts], "list"),
        Row(Text("须持证起始日", "Needed from"), one.needed_from, "when"),
        Row(Text("学时", "Hours"), used.get("hours") or "", "number"),
        Row(Text("现行考试", "Examination in use"), _paper(used) if used else ""),
        Row(Text("送审稿", "Draft"), _paper(draft) if one.state == "review" else ""),
        Row(Text("依据的制度", "Rules it rests on"), one.basis, "list"),
        Row(Text("学习内容", "What to study"), one.material, "prose"),
    )


def _bank(one: Course, actor: Actor) -> list[Row]:
    """For whoever wrote it or took it up for review, and for nobody else."""
    if actor.person_id not in one.writers:
        return []
    return _kept(Row(Text("题目和答案", "Questions and answers"), [_question(row) for row in one.questions], "list"))


def _question(row: dict) -> Text:
    choices = {letter: row[f"choice_{letter}"] for letter in "abcd"}
    return QUESTION.filled(ask=row["ask"], right=Right(row["right"]).label, **choices)


def _versions(one: Course, actor: Actor) -> list[Row]:
    lines = [VERSION.filled(n=v["number"], day=v["since"], bank=v["bank"][:12]) for v in reversed(one.versions)]
    return _kept(Row(Text("历次版本", "Versions"), lines, "list"))


DESK = register(
    Desk(
        Course,
        Text("按岗位设课程和题库，由另一人审核后投入使用；规定岗位须持证后，无证、考核不合格或证书过期的，不能办理该岗位的步骤。",
             "Courses and banks by post, reviewed by another hand; where a post needs the certificate, nobody acts in it without."),
        columns=(
            Column(Text("课程代码", "Code"), "code"),
            Column(Text("版本", "Version"), lambda one: len(one.versions), "number"),
        ),
        sections=(
            Section(Text("课程", "Course"), _about),
            Section(Text("题库（含答案，不得外传）", "Bank with answers: not to be passed on"), _bank),
            Section(Text("版本", "Versions"), _versions),
        ),
        related=beside,
        begin=open_by_hand,
        search_fields=("title", "code"),
    )
)  # fmt: skip
