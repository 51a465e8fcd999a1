"""The code lists of integrity clues that the loops in the compartment share (domain §3.7): how one is handled, and by whom."""

from guanjian.kernel.words import Names


class Mode(Names):
    """线索处置方式."""

    TALK = "talk", "谈话函询", "Talk and inquiry"
    VERIFY = "verify", "初步核实", "Preliminary verification"
    HOLD = "hold", "暂存待查", "Hold for later"
    END = "end", "予以了结", "Settle"
    REVIEW = "review", "立案审查", "File for review"


class Way(Names):
    """办理方式."""

    OWN = "own", "自办", "Handled here"
    PASSED = "passed", "转办", "Passed on"
    ASSIGNED = "assigned", "交办", "Assigned below"
    URGED = "urged", "督办", "Supervised"
    ASSISTED = "assisted", "协办", "Assisted"


LONGEST_MONTHS = {Mode.TALK: 1, Mode.VERIFY: 3, Mode.HOLD: 12, Mode.END: 1, Mode.REVIEW: 6}  # proposed defaults
