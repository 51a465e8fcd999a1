"""The posts that loops speak of (domain: roles; three administrators apart from all business)."""

from guanjian.kernel.words import Names


class Post(Names):
    """What a person may do; where, is the unit of the appointment."""

    FRONTLINE = "frontline", "现场关员", "Front-line officer"
    SECTION_CHIEF = "section_chief", "科长", "Section chief"
    HOUSE_LEADER = "house_leader", "隶属海关关领导", "Head of house"
    RISK = "risk", "风险分析员", "Risk analyst"
    FUNCTION = "function", "职能部门", "Functional department"
    POLICE = "police", "缉私侦查员", "Anti-smuggling investigator"
    POLICE_LEGAL = "police_legal", "缉私法制员", "Police legal reviewer"
    POLICE_LEADER = "police_leader", "缉私局领导", "Head of anti-smuggling bureau"
    OVERSIGHT = "oversight", "督察纪检监督员", "Oversight officer"
    LEADER = "leader", "关领导", "Customs leader"
    CUSTODIAN = "custodian", "密钥保管人", "Custodian of keys"
    SYS_ADMIN = "sys_admin", "系统管理员", "System administrator"
    SEC_ADMIN = "sec_admin", "安全管理员", "Security administrator"
    AUD_ADMIN = "aud_admin", "审计管理员", "Audit administrator"
    SYSTEM = (
        "system",
        "系统（前一环节办结时自动办理）",
        "the system, when the matter before it is done",
    )  # nobody's post

    @property
    def administers(self) -> bool:
        """True for the three administrators: at most one of them to a person, and no business post beside it."""
        return self in (Post.SYS_ADMIN, Post.SEC_ADMIN, Post.AUD_ADMIN)


WORKERS = (  # the posts that business is assigned to
    *(Post.SECTION_CHIEF, Post.FRONTLINE, Post.HOUSE_LEADER, Post.FUNCTION, Post.RISK, Post.OVERSIGHT, Post.LEADER),
    *(Post.POLICE, Post.POLICE_LEGAL, Post.POLICE_LEADER),
)
Holder = Names("Holder", [(one.name, (one.value, one.label.zh, one.label.en)) for one in WORKERS], module=__name__)


class UnitLevel(Names):
    """The levels of the tree."""

    HQ = "hq", "总署", "Headquarters"
    DISTRICT = "district", "直属海关", "District"
    HOUSE = "house", "隶属海关", "House"
    SECTION = "section", "科室", "Section"


class Label(Names):
    """Who may know. `integrity` is a closed compartment: only its list, no territory, no administrator."""

    PUBLIC = "public", "公开", "Public"
    LIMITED = "limited", "限定单位", "Limited"
    INTEGRITY = "integrity", "廉政隔离", "Integrity compartment"
