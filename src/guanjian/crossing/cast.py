"""A cast for the demonstration: for a district and a house, one person for each post that the loops need."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import transaction

from guanjian.org import keyring
from guanjian.org.models import Appointment, Person, Unit
from guanjian.org.posts import Post, UnitLevel

NAMES = {
    Post.FRONTLINE: ("模拟·现场关员甲", "Simulated Officer A"),
    Post.SECTION_CHIEF: ("模拟·科长", "Simulated Section Chief"),
    Post.HOUSE_LEADER: ("模拟·隶属海关关长", "Simulated Head of House"),
    Post.RISK: ("模拟·风险分析员", "Simulated Risk Analyst"),
    Post.FUNCTION: ("模拟·职能处室", "Simulated Functional Officer"),
    Post.POLICE: ("模拟·侦查员", "Simulated Investigator"),
    Post.POLICE_LEGAL: ("模拟·缉私法制员", "Simulated Legal Reviewer"),
    Post.POLICE_LEADER: ("模拟·缉私局长", "Simulated Head of Bureau"),
    Post.OVERSIGHT: ("模拟·监督员", "Simulated Oversight Officer"),
    Post.LEADER: ("模拟·关领导", "Simulated Leader"),
    Post.CUSTODIAN: ("模拟·密钥保管人甲", "Simulated Custodian of Keys"),
    Post.SYS_ADMIN: ("模拟·系统管理员", "Simulated System Administrator"),
    Post.SEC_ADMIN: ("模拟·安全管理员", "Simulated Security Administrator"),
    Post.AUD_ADMIN: ("模拟·审计管理员", "Simulated Audit Administrator"),
}
IN_A_HOUSE = (Post.FRONTLINE, Post.FRONTLINE, Post.SECTION_CHIEF, Post.HOUSE_LEADER)
IN_A_DISTRICT = (Post.RISK, Post.FUNCTION, Post.FUNCTION, Post.OVERSIGHT, Post.OVERSIGHT, Post.LEADER)
IN_A_BUREAU = (Post.POLICE, Post.POLICE, Post.POLICE_LEGAL, Post.POLICE_LEADER)
AT_HEADQUARTERS = (
    *(Post.RISK, Post.FUNCTION, Post.OVERSIGHT, Post.OVERSIGHT, Post.LEADER),
    *(Post.CUSTODIAN, Post.CUSTODIAN, Post.SYS_ADMIN, Post.SEC_ADMIN, Post.AUD_ADMIN),
)


@transaction.atomic
def engage(unit_code: str, posts: tuple[Post, ...], since: date) -> list[Person]:
    """One person for each of these posts in this unit, named demo.<unit>.<post>[.<n>]; asking again changes nothing."""
    unit = Unit.objects.get(pk=unit_code)
    people = []
    for place, post in enumerate(posts):
        again = posts[:place].count(post)
        name = f"demo.{unit_code}.{post}" + (f".{again + 1}" if again else "")
        zh, en = NAMES[post]
        person, new = Person.objects.get_or_create(
            username=name,
            defaults={"name_zh": zh.replace("甲", "甲乙丙丁"[again]), "name_en": en, "password": "!"},
        )
        if new:
            Appointment.objects.create(person=person, post=post, unit=unit, since=since)
        if settings.GUANJIAN_DEMO:
            keyring.demonstrate(person)
        people.append(person)
    return people


def engage_oversight(since: date) -> None:
    """Who reads the compartments, everywhere: a lead is closed for those who are in office when it is written."""
    engage("0000", AT_HEADQUARTERS, since)
    for code in Unit.objects.filter(level=UnitLevel.DISTRICT, kind="customs").values_list("code", flat=True):
        engage(code, IN_A_DISTRICT, since)


def engage_for(unit_code: str, since: date) -> None:
    """Everybody who is needed to work a finding of this unit to its end, up to its district and headquarters."""
    unit = Unit.objects.get(pk=unit_code)
    engage("0000", AT_HEADQUARTERS, since)
    if unit.district_code != "0000":
        engage(unit.district_code, IN_A_DISTRICT, since)
        engage(unit.district_code[:2] + "P0", IN_A_BUREAU, since)
    if unit.house_code:
        engage(unit.house_code, IN_A_HOUSE, since)
