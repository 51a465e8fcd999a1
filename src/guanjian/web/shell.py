"""What every page shows around itself: the menu with what waits, who is signed in, the language, the banner."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse

from guanjian.kernel.words import Text
from guanjian.org.actor import Actor
from guanjian.org.models import Person
from guanjian.org.posts import Post
from guanjian.pages.bounded import arms, waiting
from guanjian.pages.desk import DESKS, Desk
from guanjian.pages.laid import Counts, shown
from guanjian.pages.stand_in import Kind, kind_of, told
from guanjian.pages.turn import turns
from guanjian.teamwork.notices import unread
from guanjian.web import demo

HOME = Text("我的待办", "My work")
LOOPS = Text("闭环事项", "Loops")
ANALYSIS = Text("分析与查阅", "Analysis and reading")
ANALYSES = (  # (loop, page, title): what every reader of the loop may see of all of it
    ("alert", "signals", Text("检测点成效", "How the detectors do")),
    ("case", "base", Text("办案信息库", "Case information base")),
    ("instruction", "results", Text("布控成效", "How instructions do")),
    ("rulebook", "register", Text("制度库", "Register of rules")),
    ("indicator", "words", Text("指标用语", "Words of indicators")),
    ("register", "board", Text("风险态势", "State of risk")),
    ("meeting", "shared", Text("风险共控清单", "Shared risks")),
    ("posting", "workload", Text("关区办案工作量", "Workload of districts")),
    ("classing", "table", Text("单位岗位分类表", "Table of classes")),
)
CATALOGUE = ("catalogue", Text("指标目录", "Catalogue of signals"))  # for every reader of indicators
ANALYSIS_PAGES = {f"{loop}:{page}" for loop, page, _ in ANALYSES}
QUESTIONS = Text("请我说明的问题", "Questions to me")
PARTS = {"account": "accounts", "system": "systems"}  # a page below another of the menu
ADMINISTRATION = Text("系统管理", "Administration")
SYSTEMS = ("systems", Text("外挂系统", "Other systems"))
MANDATES = ("mandates", Text("干部管理权限", "Authority over posts"))
PAGES_OF = {
    Post.SYS_ADMIN: (
        ("holidays", Text("节假日", "Holidays")),
        ("parameters", Text("参数与时限", "Parameters")),
        ("jobs", Text("后台任务", "Background jobs")),
        SYSTEMS,
        MANDATES,
    ),
    Post.CUSTODIAN: (("custody", Text("密钥保管", "Custody of keys")),),
    Post.SEC_ADMIN: (("accounts", Text("账号与任职", "Accounts and posts")), SYSTEMS, MANDATES),
    Post.AUD_ADMIN: (("entries", Text("账本", "Ledger")), ("verification", Text("账本核验", "Verification"))),
}


@dataclass(frozen=True)
class Item:
    """One line of the menu."""

    title: Text
    address: str
    here: bool
    count: str = ""


@dataclass(frozen=True)
class Group:
    """Lines of the menu under one heading."""

    title: Text | None
    items: list[Item]


class Shell:
    """Worked out only where a template asks: an answer without the frame costs nothing."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request
        self.lang = getattr(request, "language", "zh")

    @property
    def person(self) -> Person | None:
        """Who is signed in."""
        user = getattr(self.request, "user", None)
        return user if user is not None and user.is_authenticated else None

    @property
    def held(self):
        """The posts held today."""
        return self.request.actor.holdings

    @property
    def post(self) -> str:
        """The first post, for the head of the page."""
        return str(self.held[0].post.label) if self.held else ""

    @property
    def simulated(self) -> bool:
        """True wherever what is shown is simulated."""
        return settings.GUANJIAN_DEMO

    @property
    def demo(self) -> bool:
        """True where a role may be chosen without signing in."""
        return demo.is_here(self.request)

    @cached_property
    def waiting(self) -> dict[str, int]:
        """How many records of each loop wait for this person, at most a thousand counted, in one query."""
        actor = self.request.actor
        return _waiting(kind_of(actor), tuple(DESKS.values())).read(told(actor))

    @property
    def here(self) -> str:
        """What waits for this person in the loop of this page."""
        name = self.request.resolver_match.namespace if self.request.resolver_match else ""
        return shown(self.waiting[name]) if name in self.waiting else ""

    @property
    def reads(self) -> bool:
        """True for who reads any loop: only then is there something to search."""
        posts = {held.post for held in self.held}
        return any(posts & desk.model.FLOW.posts for desk in DESKS.values())

    @cached_property
    def unread(self) -> str:
        """How many messages are unread, about what this person may see."""
        count = unread(self.request.actor)
        return shown(count) if count else ""

    @cached_property
    def desks(self) -> list[Desk]:
        """The loops that this person's posts read, and those in which something waits for him in person."""
        posts = {held.post for held in self.held}
        return [desk for name, desk in DESKS.items() if posts & desk.model.FLOW.posts or self.waiting[name]]

    @cached_property
    def asked(self) -> list[Item]:
        """The questions put to this person himself, in the loops that hear people; no line where there is none."""
        here = self.request.resolver_match
        found = [(name, desk.model.objects.put_to(self.request.actor)) for name, desk in DESKS.items() if _hears(desk)]
        return [
            Item(QUESTIONS, reverse(f"{name}:questions"), bool(here) and here.namespace == name, str(count))
            for name, rows in found
            if (count := rows.count())
        ]

    @cached_property
    def menu(self) -> list[Group]:
        """Home, the loops that the person may read, and an administrator's pages."""
        here = self.request.resolver_match
        loop, page = (here.namespace, here.view_name) if here else ("", "")
        groups = [Group(None, [Item(HOME, reverse("home"), page == "home"), *self.asked])]
        loops = [self._item(desk, desk.name == loop and page not in ANALYSIS_PAGES) for desk in self.desks]
        offices = [line for held in self.held for line in PAGES_OF.get(held.post, ())]
        if loops:
            groups.append(Group(LOOPS, loops))
        read = {desk.name for desk in self.desks}
        analyses = [(f"{name}:{view}", title) for name, view, title in ANALYSES if name in read]
        analyses += [CATALOGUE] if "indicator" in read else []
        if analyses:
            groups.append(Group(ANALYSIS, [Item(title, reverse(name), page == name) for name, title in analyses]))
        if offices:
            lines = [Item(title, reverse(name), name in (page, PARTS.get(page))) for name, title in offices]
            groups.append(Group(ADMINISTRATION, lines))
        return groups

    def _item(self, desk: Desk, here: bool) -> Item:
        count = self.waiting[desk.name]
        return Item(desk.model.FLOW.title, reverse(f"{desk.name}:queue"), here, shown(count) if count else "")


def _hears(desk: Desk) -> bool:
    """True for a loop that puts questions to the person concerned."""
    return hasattr(desk.model.objects, "put_to")


@lru_cache(maxsize=256)
def _waiting(kind: Kind, desks: tuple[Desk, ...]) -> Counts:
    return Counts.of(*((desk.name, _mine(desk, kind.actor)) for desk in desks))


def _mine(desk: Desk, actor: Actor) -> list[QuerySet]:
    model = desk.model
    return [waiting(arm, actor) for arm in arms(model, actor) if turns(model.FLOW, arm.held)]


def shell(request: HttpRequest) -> dict[str, Shell]:
    """The context processor."""
    return {"shell": Shell(request)}
