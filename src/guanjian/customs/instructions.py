"""Instructions (布控): what was to be controlled, by whom issued, signed, hit and lifted."""

from guanjian.customs.table import Table, columns
from guanjian.kernel.words import Text

TABLE = Table(
    "instructions",
    columns(
        "instruction_id",
        "kind @instruction_kind",
        "target_type @target_type",
        "target_id",
        "unit_code",
        "issued_by",
        "approved_by?",
        "issued_at ts",
        "signed_at ts?",
        "hit_at ts?",
        "lifted_at ts?",
        "required_mode? @exam_mode",
        "result?",
    ),
    key=("instruction_id",),
    month_of="issued_at",
    title=Text("布控指令", "Control instructions"),
)
