"""The code lists that enforcement loops share: how goods were smuggled, through which channel, which gap was used."""

from guanjian.kernel.words import Names


class Modus(Names):
    """走私手法 (海关行政处罚实施条例 art. 7–8; 两高走私解释 art. 20–21)."""

    FALSE_NAME = "false_name", "伪报品名", "False description"
    LOW_PRICE = "low_price", "低报价格", "Under-invoicing"
    FALSE_ORIGIN = "false_origin", "伪报原产地", "False origin"
    FALSE_MODE = "false_mode", "伪报贸易方式", "False trade mode"
    SHORT_COUNT = "short_count", "少报多进", "Under-declared quantity"
    CONCEALED = "concealed", "瞒报、夹藏", "Undeclared or hidden among goods"
    DISGUISED = "disguised", "藏匿、伪装、特制夹层", "Hidden compartment or disguise"
    BYPASSED = "bypassed", "绕关（未设关地）", "Brought in where there is no customs"
    COURIERS = "couriers", "水客、套代购（化整为零）", "Couriers and sham purchases"
    BONDED_SALE = "bonded_sale", "擅自内销保税货物", "Bonded goods sold at home"
    FALSE_USE = "false_use", "飞料、虚报单耗", "False consumption of bonded material"
    RELIEF_ABUSE = "relief_abuse", "擅自处置减免税货物", "Duty-relieved goods disposed of"
    FORGED_PAPERS = "forged_papers", "倒卖、涂改单证手册", "Forged or resold papers"
    BORROWED_LICENCE = "borrowed_licence", "冒用他人许可证", "Another's licence used"
    SPLIT = "split", "拆单", "Split consignments"
    AT_SEA = "at_sea", "海上过驳偷运", "Transshipment at sea"
    REFUND_FRAUD = "refund_fraud", "骗取出口退税", "Export refund fraud"
    UNDISCLOSED = "undisclosed", "未披露", "Not disclosed"


class Channel(Names):
    """The way through which the goods came."""

    CLEARANCE = "clearance", "通关渠道", "Clearance"
    PROCESSING = "processing", "加工贸易", "Processing trade"
    BONDED = "bonded", "保税", "Bonded"
    PASSENGERS = "passengers", "旅检", "Passengers"
    POST = "post", "邮递", "Post"
    EXPRESS = "express", "快件", "Express"
    E_COMMERCE = "e_commerce", "跨境电商", "Cross-border e-commerce"
    NO_CUSTOMS = "no_customs", "非设关地", "Away from any customs post"
    SEA = "sea", "海上", "At sea"
    ISLAND = "island", "离岛免税", "Island duty-free"


class Gap(Names):
    """The weakness that let it through: what has to be mended."""

    PRICE_CHECK = "price_check", "价格审核", "Price verification"
    CLASSIFICATION = "classification", "归类审核", "Classification check"
    ORIGIN_CHECK = "origin_check", "原产地核查", "Origin check"
    INSTRUCTION = "instruction", "布控不足", "Instructions missing or weak"
    EXAMINATION = "examination", "查验不到位", "Examination not done as ordered"
    SUPERVISION = "supervision", "场所与卡口监管", "Sites and gates"
    AUDIT = "audit", "稽查核查", "Post-clearance audit"
    CREDIT = "credit", "企业信用管理", "Enterprise credit"
    POSTS = "posts", "岗位制约", "Separation of posts"
    RULE = "rule", "制度缺失", "Missing or weak rule"
    SYSTEM = "system", "系统功能", "System function"
    TRAINING = "training", "能力培训", "Skill and training"


class Cause(Names):
    """The four kinds of risk factor (B1), and none."""

    CONDUCT = "conduct", "思想道德", "Attitude and conduct"
    RULES = "rules", "制度机制", "Rules and mechanisms"
    POWER = "power", "权力行使", "Use of power"
    SURROUNDINGS = "surroundings", "外部环境", "Surroundings"
    NONE = "none", "未见廉政因素", "No integrity factor seen"


class Feature(Names):
    """重大情形: what makes a case one that must be doubly investigated (一案双查, five categories: 2 to 4)."""

    LISTED = "listed", "总署缉私局挂牌督办", "Listed by headquarters' bureau"
    INSTRUCTED = "instructed", "上级领导批示", "Instructions of a higher leader"
    INDUSTRY = "industry", "行业性重大案件", "A major case across an industry"
    VICIOUS = "vicious", "手段恶劣", "Vicious means"
    SHELL = "shell", "专为走私设立或主要以走私为业", "A firm made for or living by smuggling"
    CLEARED = "cleared", "长期顺利通关", "Cleared smoothly for long"


class Inside(Names):
    """涉内情形: what points to somebody of customs (categories 1 and 5). It never stays in the case."""

    STATED = "stated", "供述、证言或举报反映海关工作人员", "Suspects or witnesses state customs staff"
    FOUND = "found", "办案中发现工作人员违纪违法线索", "Discipline or law breaking found on staff"
    NEEDED = "needed", "没有内部人员协助难以完成", "Could hardly be done without inside help"
