"""What a verification found: each breach with its place, and the count of what was looked at."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field

from guanjian.kernel.words import Names, Text

SHOWN = 1000


class Field(Names):
    """What does not agree."""

    CONTENT = "content", "条目内容与封存时不符", "the entry's content is not what was sealed"
    LEAF = "leaf", "叶散列被改动", "the leaf hash was changed"
    CHAIN = "chain", "与前一条不相连：被调换、插入，或链散列被改动", "it does not follow the entry before it"
    MISSING = "missing", "条目缺失", "entries are missing"
    EXTRA = "extra", "条目多于已签署的数目", "there are more entries than were signed for"
    ROOT = "root", "树根与检查点不符", "the root is not the checkpoint's"
    CHECKPOINT = "checkpoint", "检查点的栏目与其签署文本不符", "the checkpoint's columns are not its signed text's"
    SIGNATURE = "signature", "检查点签名无效", "the checkpoint's signature is not valid"
    HEAD = "head", "账列的头部与条目不符", "the head of the stream does not agree with its entries"
    NODE = "node", "树的中间节点不符", "a node of the tree is wrong"
    GUARD = "guard", "数据库的防改触发器缺失", "a trigger that guards the ledger is missing"
    CHANGED = "changed", "记录未经任何步骤而被改动", "the record was changed without a step"
    NO_ENTRY = "no_entry", "有记录而账本无条目", "a record without an entry"
    NO_RECORD = "no_record", "账本有条目而无记录", "an entry without its record"


@dataclass(frozen=True, slots=True)
class Breach:
    """One disagreement and where it is: stream and index, or the subject of a record."""

    stream: str
    field: Field
    index: int | None = None
    last: int | None = None  # the end of a range of indexes
    entry_id: int | None = None
    subject: str = ""
    detail: str = ""

    def text(self) -> Text:
        """One line for a person."""
        place = [self.stream]
        if self.index is not None:
            place.append(f"#{self.index}" if self.last in (None, self.index) else f"#{self.index}–{self.last}")
        if self.entry_id is not None:
            place.append(f"(id {self.entry_id})")
        place += [part for part in (self.subject, self.detail) if part]
        where = " ".join(filter(None, place))
        return Text("{where}：{what}", "{where}: {what}").filled(where=where, what=self.field.label)


@dataclass
class Report:
    """The whole verification. Only the first breaches are kept, all are counted."""

    streams: int = 0
    sealed: int = 0
    unsealed: int = 0
    checkpoints: int = 0
    records: int = 0
    broken: int = 0
    breaches: list[Breach] = field(default_factory=list)

    def add(self, breach: Breach) -> None:
        """One more breach."""
        self.broken += 1
        if len(self.breaches) < SHOWN:
            self.breaches.append(breach)

    def text(self) -> Text:
        """The whole in one sentence."""
        words = Text(
            "{streams} 列 {sealed} 条已封存，{unsealed} 条待封存，{checkpoints} 个检查点，{records} 件记录；不符 {broken} 处。",
            "{sealed} sealed entries in {streams} streams, {unsealed} waiting, {checkpoints} checkpoints, "
            "{records} records; {broken} breaches.",
        )
        return words.filled(**self.as_json())

    def as_json(self) -> dict:
        """The counts and the breaches, for a machine."""
        return asdict(self)

    @property
    def ok(self) -> bool:
        """True when nothing disagrees."""
        return self.broken == 0
