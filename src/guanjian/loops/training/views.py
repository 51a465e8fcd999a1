"""The desk of 教育培训, and the page on which a person sits the examination."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from guanjian.kernel.errors import BadInput, GuanjianError, NotFound
from guanjian.kernel.words import Text
from guanjian.loops.training import bank
from guanjian.loops.training.actions import open_by_hand
from guanjian.loops.training.drawing import right
from guanjian.loops.training.flow import S
from guanjian.loops.training.models import Training
from guanjian.moving.beside import beside
from guanjian.moving.verbs import advance
from guanjian.org.actor import Actor
from guanjian.pages.desk import Column, Desk, Row, Section, register
from guanjian.pages.views import NO_SUCH

SIT = Text("进入考场答题", "Go to the paper")
PASSED = Text("考试合格，得{n}分；证书有效至{day}。", "Passed with {n}; certified until {day}.")
MISSED = Text(
    "得{n}分，未达合格分{p}分。在重新合格前，须持本证书的岗位步骤不能办理。",
    "{n}, below the pass mark {p}. Until you pass you take no step of a post that needs this certificate.",
)
ANSWERED = Text("第{n}题：{said}", "Question {n}: {said}")
WELL, WRONG = Text("正确", "right"), Text("错误，正确选项为“{right}”", "wrong, right is “{right}”")
OVER = (S.CERTIFIED, S.RENEWED, S.EXPIRED)  # where nothing is left to be asked, the person may learn from his paper


def _kept(*rows: Row) -> list[Row]:
    return [row for row in rows if row.value not in ("", None, [])]


def _paper(one: Training, actor: Actor) -> list[Row]:
    """For whoever sits: the way to the paper, before all else."""
    if one.state != S.SITTING or actor.person_id not in one.trainees:
        return []
    return [
        Row(Text("试卷", "Paper"), (SIT, reverse("training:paper", args=[one.pk])), "link"),
        Row(Text("交卷截止", "Hand in before"), one.due_at, "when"),
    ]


def _course(one: Training, actor: Actor) -> list[Row]:
    used = bank.version(one.course)
    paper = (
        Text("{k}题，{p}分合格", "{k} questions, {p} to pass").filled(k=used.asked, p=used.pass_mark) if used else ""
    )
    return _kept(
        Row(Text("参训人员", "Person"), one.officer_id, "person"),
        Row(Text("课程", "Course"), f"{one.course} {used.title}" if used else one.course),
        Row(Text("完成期限", "To be done by"), one.until, "when"),
        Row(Text("考试", "Examination"), paper),
        Row(
            Text("学习内容", "What to study"),
            used.material if used and one.state in ("assigned", "ready") else "",
            "prose",
        ),
    )


def _result(one: Training, actor: Actor) -> list[Row]:
    return _kept(
        Row(Text("考试次数", "Attempts"), one.attempts or "", "number"),
        Row(Text("得分", "Mark"), one.mark, "number"),
        Row(Text("证书有效至", "Certified until"), one.expires_on, "when"),
        Row(Text("抽题种子", "Seed of the paper"), one.seed if one.state not in ("sitting", "ready") else ""),
        Row(Text("题库版本", "Version of the bank"), one.bank_version or "", "number"),
    )


def _answers(one: Training, actor: Actor) -> list[Row]:
    """After the end the person sees what was right; before it nobody does."""
    if one.state not in OVER or actor.person_id not in one.trainees or not one.version_asked:
        return []
    given = {int(row["number"]): row["answer"] for row in one.answers}
    lines = [_line(number, drawn, given.get(number, ""), one) for number, drawn in enumerate(one.paper, 1)]
    return _kept(Row(Text("逐题结果", "Question by question"), lines, "list"))


def _line(number: int, drawn: dict, answer: str, one: Training) -> Text:
    letter = right(drawn, one.version_asked)
    wanted = one.version_asked.questions[drawn["question"]]
    said = WELL if letter == answer else WRONG.filled(right=wanted[f"choice_{wanted['right'].lower()}"])
    return ANSWERED.filled(n=number, said=said)


DESK = register(
    Desk(
        Training,
        Text("按岗位学习、考试、持证、到期复训；考核不合格或证书过期的，须持证岗位的步骤一律不能办理，页面和接口都一样。",
             "Learn, be examined, be certified, refresh in time; who failed or let it expire takes no step of a post that needs it."),
        columns=(
            Column(Text("课程", "Course"), "course"),
            Column(Text("参训人员", "Person"), "officer_id", "person"),
            Column(Text("完成期限", "By"), "until", "when"),
        ),
        sections=(
            Section(Text("考试", "Examination"), _paper),
            Section(Text("课程", "Course"), _course),
            Section(Text("成绩与证书", "Mark and certificate"), _result),
            Section(Text("答卷", "Answers"), _answers),
        ),
        related=beside,
        begin=open_by_hand,
        search_fields=("title", "course"),
    )
)  # fmt: skip


@require_http_methods(["GET", "POST"])
def paper(request: HttpRequest, pk: int) -> HttpResponse:
    """The paper, for the person who sits it and nobody else; handing in marks it at once."""
    seen = Training.objects.visible_to(request.actor).filter(pk=pk, officer_id=request.actor.person_id).first()
    if seen is None:
        raise NotFound(*NO_SUCH)
    if request.method == "GET":
        return _sheet(request, seen) if seen.state == S.SITTING else _back(pk)
    try:
        advance(seen, "submit", request.actor, {"answers": _answered(request, seen)}, _version(request))
    except GuanjianError as problem:
        return _sheet(request, Training.objects.get(pk=pk), problem)
    _tell(request, Training.objects.get(pk=pk))
    return _back(pk)


def _sheet(request: HttpRequest, seen: Training, problem: GuanjianError | None = None) -> HttpResponse:
    chosen = {row["number"]: row["answer"] for row in _answered(request, seen)}
    asked = [{**one, "chosen": chosen.get(one["number"], "")} for one in seen.questions()]
    context = {"record": seen, "asked": asked, "problem": problem, "used": seen.version_asked, "desk": DESK}
    return render(request, "training/paper.html", context, status=problem.status if problem else 200)


def _answered(request: HttpRequest, seen: Training) -> list[dict]:
    given = ((number, request.POST.get(f"q{number}", "")) for number in range(1, len(seen.paper) + 1))
    return [{"number": number, "answer": answer} for number, answer in given if answer]


def _version(request: HttpRequest) -> int:
    try:
        return int(request.POST.get("version", ""))
    except ValueError:
        raise BadInput("表单不完整，请刷新后重填。", "The form is incomplete: reload the page.") from None


def _tell(request: HttpRequest, seen: Training) -> None:
    if seen.state == S.CERTIFIED:
        messages.success(request, str(PASSED.filled(n=seen.mark, day=seen.expires_on)))
    elif seen.state == S.FAILED:
        messages.warning(request, str(MISSED.filled(n=seen.mark, p=seen.pass_mark)))


def _back(pk: int) -> HttpResponse:
    return HttpResponseRedirect(reverse("training:record", args=[pk]))
