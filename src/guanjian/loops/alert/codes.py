"""What may be chosen when an alert is judged and disposed of."""

from guanjian.kernel.words import Names


class Reason(Names):
    """Why an alert was a false alarm: what the detector's owner learns from."""

    BAD_DATA = "bad_data", "数据错误或缺失", "Wrong or missing data"
    NORMAL_TRADE = "normal_trade", "正常贸易原因", "An ordinary reason of trade"
    PERMITTED = "permitted", "有审批或授权", "Approved or authorised"
    ALREADY_KNOWN = "already_known", "已处置过的同一问题", "The same matter was dealt with before"
    WRONG_PEERS = "wrong_peers", "对照组不可比", "Peers are not comparable"
    CUT_TOO_LOW = "cut_too_low", "阈值过低", "Threshold too low"


class Measure(Names):
    """What is done about a confirmed alert."""

    CORRECTED = "corrected", "更正、补办手续", "Corrected"
    RE_EXAMINED = "re_examined", "重新查验", "Examined again"
    TAX_RECOVERED = "tax_recovered", "补征税款", "Duty recovered"
    INSTRUCTED = "instructed", "提请布控", "Instruction proposed"
    AUDITED = "audited", "移交稽查", "Handed to post-clearance audit"
    WARNED = "warned", "提醒教育", "Reminder"
    RULE_CHANGE = "rule_change", "建议完善制度", "Change of a rule proposed"
