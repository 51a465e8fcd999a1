"""The code lists of field work (domain §4.7, §5.2, §5.3)."""

from guanjian.kernel.words import Names


class Kind(Names):
    """Which kind of work outside the office: the lake's own list (customs/codes/field_job_kind.csv)."""

    EXAMINATION = "examination", "查验", "Examination"
    LOADING = "loading", "监装", "Supervised loading"
    UNLOADING = "unloading", "监卸", "Supervised unloading"
    DESTRUCTION = "destruction", "监督销毁", "Destruction"
    STOCK_TAKE = "stock_take", "盘库", "Stock take"
    FACTORY_VISIT = "factory_visit", "下厂核查", "Factory visit"
    BOARDING = "boarding", "登临检查", "Boarding"


class About(Names):
    """What the job is about."""

    ENTRY = "entry", "报关单", "Declaration"
    ENTERPRISE = "enterprise", "企业", "Enterprise"


class Manner(Names):
    """How the goods were examined (查验方式)."""

    FULL = "A", "彻底查验", "Full examination"
    SPOT = "B", "抽查", "Partial examination"
    OUTSIDE = "C", "外形查验", "External examination"
    MACHINE = "J", "机检", "Machine inspection"


class Packing(Names):
    """How the goods are packed (包装种类, 2018 codes)."""

    BULK = "00", "散装", "In bulk"
    BARE = "01", "裸装", "Unpacked"
    TANK = "04", "球状罐类", "Spherical tank"
    BAG = "06", "包/袋", "Bag"
    CARTON = "22", "纸箱", "Carton"
    WOODEN_BOX = "23", "木箱", "Wooden box"
    OTHER_BOX = "29", "其他材料盒/箱", "Box of other material"
    PAPER_DRUM = "32", "纸桶", "Fibre drum"
    WOODEN_DRUM = "33", "木桶", "Wooden barrel"
    OTHER_DRUM = "39", "其他桶", "Other drum"
    MIDDLE = "41", "中型散装容器", "Intermediate bulk container"
    PORTABLE_TANK = "42", "便携式罐体", "Portable tank"
    MOVABLE_TANK = "43", "可移动罐柜", "Movable tank"
    RECYCLED_PALLET = "92", "再生木托", "Recycled wooden pallet"
    WOODEN_PALLET = "93", "天然木托", "Wooden pallet"
    BEDDING = "98", "植物性铺垫材料", "Plant bedding material"
    OTHER = "99", "其他", "Other"


class Met(Names):
    """What became of one requirement of the examination."""

    AGREES = "agrees", "相符", "Agrees"
    DIFFERS = "differs", "不符", "Differs"
    SAMPLED = "sampled", "已取样送检", "Sampled for testing"
    NOT_DONE = "not_done", "未能实施", "Could not be done"


class Agreement(Names):
    """Whether the real goods are as declared."""

    SAME = "same", "符", "As declared"
    OTHER = "other", "不符", "Not as declared"


class Element(Names):
    """Which element of a goods item is compared."""

    CODE = "code_ts", "商品编号", "HS code"
    NAME = "g_name", "商品名称", "Name"
    MODEL = "g_model", "规格型号", "Model"
    ORIGIN = "origin", "原产国", "Origin"
    UNIT = "g_unit", "计量单位", "Unit"
    QUANTITY = "qty", "数量", "Quantity"
    CURRENCY = "currency", "币制", "Currency"
    TOTAL = "total", "总价", "Total"


class Seal(Names):
    """What the check of a container's body and seal gave (箱体/封志核对)."""

    SOUND = "sound", "完好、相符", "Sound, as declared"
    BROKEN = "broken", "破损", "Broken"
    DIFFERS = "differs", "号码不符", "Number differs"


class Result(Names):
    """查验结果."""

    NORMAL = "normal", "正常", "Normal"
    ABNORMAL = "abnormal", "异常", "Abnormal"


class Disposal(Names):
    """处理意见, the twelve values."""

    TAX = "1", "补税放行", "Release after tax"
    PAPERS = "2", "补证放行", "Release after papers"
    RETURN = "3", "退运", "Return"
    POLICE = "4", "移送缉私", "To the anti-smuggling police"
    PAPERS_TAX = "5", "补证补税放行", "Release after papers and tax"
    PENALTY = "6", "处罚后放行", "Release after penalty"
    CONFISCATE = "7", "没收", "Confiscate"
    LEGAL = "8", "移交法规", "To legal affairs"
    AMEND = "9", "改单放行", "Release after amendment"
    CANCEL = "10", "删单", "Cancel the declaration"
    RELEASE = "11", "正常放行", "Release"
    OTHER = "12", "其他", "Other"


class Photo(Names):
    """What a photo shows."""

    PLACE = "place", "作业地点", "Place"
    CONTAINER = "container", "箱体与封志", "Container and seal"
    GOODS = "goods", "货物", "Goods"
    LABEL = "label", "标签标识", "Labels and marks"
    PAPERS = "papers", "单证", "Papers"
    OTHER = "other", "其他", "Other"
