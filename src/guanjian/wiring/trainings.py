"""What a course demands of posts, what an assessment opens and stops, and which matters send people to be trained."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.utils import timezone

from guanjian.kernel.flow import Facts
from guanjian.kernel.offences import Gap
from guanjian.loops.course import actions as courses
from guanjian.loops.course.models import Course
from guanjian.loops.rulebook.citing import CITERS, Citation, cites
from guanjian.loops.rulebook.needs import Cited
from guanjian.loops.training import actions as trainings
from guanjian.loops.training import bank
from guanjian.moving.record import Record
from guanjian.moving.verbs import FollowUp, advance, note
from guanjian.org import certificates
from guanjian.org.actor import SYSTEM, Actor


def demand_of_posts(course: Record, actor: Actor, facts: Facts) -> None:
    """The register of certificates follows: from the day named these posts, and no others, need the course."""
    since = date.fromisoformat(facts["needed_from"])
    certificates.demand(course.code, facts["posts"], course.district_code, since, course.key)
    told = {"course": course.code, "posts": facts["posts"], "since": facts["needed_from"]}
    note("certificates.demanded", course.key, actor, told, course.district_code)


def demand_no_more(course: Record, actor: Actor, facts: Facts) -> None:
    """A retired course is demanded of nobody."""
    certificates.demand(course.code, (), course.district_code, timezone.localdate(), course.key)


def tell_seed(training: Record, actor: Actor, facts: Facts) -> None:
    """Seed and version stand in the ledger from the moment of drawing: nobody draws until he likes the paper."""
    drawn = {"seed": training.seed, "version": str(training.bank_version), "bank": training.version_asked.bank}
    note("training.drawn", training.key, SYSTEM, drawn, training.district_code)


def mark(training: Record, actor: Actor, facts: Facts) -> None:
    """What is handed in is marked at once."""
    trainings.mark(training)


def certify(training: Record, actor: Actor, facts: Facts) -> None:
    """A pass counts from its day until it expires; the certificate before it is renewed."""
    _keep(training, training.expires_on)
    trainings.renew_before(training)


def stop(training: Record, actor: Actor, facts: Facts) -> None:
    """A failure counts from its day: no step of a post that needs the certificate."""
    _keep(training, None)


def refresh(training: Record, actor: Actor, facts: Facts) -> None:
    """The refresher opens before the certificate expires."""
    trainings.begin_refresher(training)


def train_for_conversion(conversion: Record, actor: Actor, facts: Facts) -> None:
    """A demand for training that names a course trains the posts of that course in the unit."""
    for row in conversion.demands:
        if row["into"] == "training":
            _train(conversion, row["what"], row["unit"])


def train_for_problem(rectify: Record, actor: Actor, facts: Facts) -> None:
    """A problem of skill whose lasting measure names a course trains the unit."""
    if rectify.gap_code == Gap.TRAINING:
        _train(rectify, facts["for_good"], rectify.unit_code)


def train_for_breach(notice: Record, actor: Actor, facts: Facts) -> None:
    """A breach of duty between customs and police whose demand names a course trains the unit that owes."""
    _train(notice, facts["demand"], notice.unit_code)


def _train(origin: Record, said: str, unit_code: str) -> None:
    for course in courses.named_in(said):
        trainings.assign_in_unit(origin, course.code, course.posts or trainings.LEARNERS, unit_code)


def _keep(training: Record, until: date | None) -> None:
    source = f"{training.key}#{training.version}"
    certificates.keep(training.officer_id, training.course, training.assessed_on, until, source)


def revise_for_rule(rule: Record, actor: Actor, facts: Facts) -> None:
    """A course that cites a rule whose repeal is published has to be revised, unless its fate is to stay."""
    fates = {row["cited"]: row["fate"] for row in rule.fates}
    for one in Course.objects.filter(state="in_force").order_by("pk"):
        if fates.get(f"{Cited.TRAINING.label.zh} {one.code}", "stays") != "stays":
            advance(one, "revise", SYSTEM, {"reason": f"{rule.key}《{rule.title}》已公布废止"})


def trainings_citing(number: str, title: str) -> Iterator[Citation]:
    """The living courses that rest on the rule."""
    for one in Course.objects.exclude(state="retired").order_by("code"):
        if any(cites(basis, number, title) or basis == title for basis in one.basis):
            yield Citation(Cited.TRAINING, one.code, one.title)


def version_of(code: str, number: int) -> bank.Version | None:
    """A version of a course: the one in use, or the one that a paper was drawn from, also of a retired course."""
    if not number:
        course = courses.living(code)
        said = course.in_use if course else None
    else:
        kept = Course.objects.filter(code=code).exclude(versions=[]).order_by("-pk")
        course, said = next(((one, found) for one in kept if (found := one.version_of(number))), (None, None))
    return bank.Version.of(code, course.title, said) if said else None


def connect() -> None:
    """Let papers be drawn from the courses, and let the repeal of a rule ask them."""
    bank.KEEPERS["course"] = version_of
    CITERS["trainings"] = trainings_citing


CHAIN: dict[str, list[FollowUp]] = {
    "course.approve": [demand_of_posts],
    "course.retire": [demand_no_more],
    "training.draw": [tell_seed],
    "training.submit": [mark],
    "training.pass_it": [certify],
    "training.fail_it": [stop],
    "training.time_out": [stop],
    "training.refresh": [refresh],
    "convert.approve": [train_for_conversion],
    "rectify.plan": [train_for_problem],
    "oversight.uphold": [train_for_breach],
    "rulebook.repeal": [revise_for_rule],
}
