"""Files beside a record: what they are is told from their content; only who sees the record gets them, and never to be shown."""

import hashlib
import json
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from guanjian.kernel.errors import BadInput, BrokenLedger, NotAllowed, NotFound
from guanjian.ledger.models import Entry
from guanjian.teamwork import attachments
from guanjian.teamwork.attachments import attach, named, opened
from guanjian.teamwork.kinds import kind_of
from guanjian.teamwork.models import Attachment
from tests.cast import actor
from tests.loops.test_pages import READERS
from tests.loops.world import MODELS, record_of
from tests.loops.world import said as called
from tests.signed_in import browser

PDF = b"%PDF-1.7\n1 0 obj\n"
PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 8


def packed(*names: str) -> bytes:
    """A zip with these parts."""
    kept = BytesIO()
    with ZipFile(kept, "w") as file:
        for name in names:
            file.writestr(name, "x")
    return kept.getvalue()


DOCX = packed("[Content_Types].xml", "word/document.xml")
GOOD = {
    "合同.pdf": PDF,
    "现场.png": PNG,
    "现场.JPEG": b"\xff\xd8\xff\xe0",
    "说明.docx": DOCX,
    "清单.xlsx": packed("[Content_Types].xml", "xl/workbook.xml"),
    "清单.csv": "报关单,金额\n1,2".encode(),
    "旧系统.txt": "查验记录".encode("gb18030"),
}
BAD = {
    "合同.pdf": b"MZ\x90\x00",
    "图.png": PDF,
    "页.html": b"<html></html>",
    "页.txt": b"  <script>alert(1)</script>",
    "图.svg": b"<svg onload=alert(1)>",
    "图.jpg": b"<svg onload=alert(1)>",
    "记录.txt": b"a\x00b",
    "说明.docx": packed("anything"),
    "坏.docx": b"PK\x03\x04broken",
    "程序.exe": b"MZ\x90\x00",
    "没有扩展名": PDF,
    "宏.docm": DOCX,
}


def put(record, name="合同.pdf", content=PDF, who="front"):
    """Attach a file by code."""
    return attach(record, actor(who), BytesIO(content), name, len(content))


@pytest.mark.parametrize("name", GOOD)
def test_a_file_is_taken_when_content_and_suffix_agree(name):
    assert kind_of(BytesIO(GOOD[name]), name) in ("pdf", "png", "jpg", "docx", "xlsx", "csv", "txt")


@pytest.mark.parametrize("name", BAD)
def test_a_file_is_refused_when_its_content_says_something_else(name):
    with pytest.raises(BadInput, match="内容须与扩展名一致"):
        kind_of(BytesIO(BAD[name]), name)


def test_macros_are_refused():
    with pytest.raises(BadInput, match="宏"):
        kind_of(BytesIO(packed("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin")), "说明.docx")


def test_a_file_is_kept_under_its_hash_which_the_ledger_notes(alert, settings):
    made, digest = put(alert), hashlib.sha256(PDF).hexdigest()
    assert (settings.GUANJIAN_FILES / digest[:2] / digest).read_bytes() == PDF
    assert settings.STATIC_ROOT not in settings.GUANJIAN_FILES.parents
    entry = Entry.objects.get(event="alert.attached")
    assert json.loads(entry.body)["facts"] == {"attachment": made.pk, "name": "合同.pdf", "sha256": digest}


@pytest.mark.parametrize("model", MODELS, ids=[called((model,)) for model in MODELS])
def test_on_every_loop_who_sees_the_record_gets_the_file_and_nobody_else_and_a_sealed_one_takes_none(office, model):
    record, name = record_of(model), model.FLOW.name
    reader, stranger = browser(READERS[name]), browser("stranger")
    address = f"/{name}/{record.pk}/beside/attachment/"
    answer = reader.post(address, {"file": SimpleUploadedFile("合同.pdf", PDF)})
    if record.label == "integrity":
        assert answer.status_code == 403
        assert "廉政隔离" in answer.content.decode()
        assert not Attachment.objects.exists()
        return
    assert answer.status_code == 302
    one = f"{address}{Attachment.objects.get().pk}/"
    assert reader.get(one).content == PDF
    assert stranger.get(one).status_code == 404
    assert stranger.post(address, {"file": SimpleUploadedFile("合同.pdf", PDF)}).status_code == 404
    assert "合同.pdf" in reader.get(f"/{name}/{record.pk}/").content.decode()


def test_a_file_is_saved_and_never_shown(alert):
    made = put(alert, "页.txt", "a < b; 报关单".encode())
    answer = browser("front").get(f"/alert/{alert.pk}/beside/attachment/{made.pk}/")
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"].startswith("attachment;")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]


def test_the_file_of_another_record_is_not_found_through_mine(alert):
    other = record_of(MODELS[0])
    made = put(other)
    with pytest.raises(NotFound):
        opened(alert, actor("front"), made.pk)


@pytest.mark.parametrize("who", ["stranger", "stranger_function", "admin", "custodian"])
def test_who_does_not_see_the_record_neither_puts_nor_gets(alert, who):
    made = put(alert)
    with pytest.raises(NotFound):
        put(alert, "另一.pdf", PDF + b"2", who)
    with pytest.raises(NotFound):
        opened(alert, actor(who), made.pk)


def test_a_file_that_was_altered_or_lost_is_not_given_out(alert, settings):
    made = put(alert)
    where = settings.GUANJIAN_FILES / made.digest[:2] / made.digest
    where.write_bytes(PDF + b"altered")
    with pytest.raises(BrokenLedger, match="哈希"):
        opened(alert, actor("front"), made.pk)
    digest = hashlib.sha256(PDF + b"altered").hexdigest()
    (settings.GUANJIAN_FILES / digest[:2]).mkdir(exist_ok=True)
    where.rename(settings.GUANJIAN_FILES / digest[:2] / digest)
    Attachment.objects.update(digest=digest)
    with pytest.raises(BrokenLedger):
        opened(alert, actor("front"), made.pk)


def test_limits_are_kept(alert, monkeypatch):
    monkeypatch.setattr(attachments, "LARGEST", 20)
    monkeypatch.setattr(attachments, "MOST", 2)
    for content in (b"", PDF + b"x" * 10):
        with pytest.raises(BadInput, match="20MB"):
            put(alert, content=content)
    put(alert)
    with pytest.raises(BadInput, match="内容相同"):
        put(alert, "换个名字.pdf")
    put(alert, content=PDF + b"1")
    with pytest.raises(BadInput, match="已满"):
        put(alert, content=PDF + b"2")


def test_a_sealed_record_leaves_no_file_anywhere(lead, settings):
    with pytest.raises(NotAllowed, match="不收附件"):
        put(lead, who="oversight")
    assert not settings.GUANJIAN_FILES.exists()


def test_no_file_chosen_is_said(alert):
    page = browser("front").post(f"/alert/{alert.pk}/beside/attachment/", {})
    assert (page.status_code, "请选择文件" in page.content.decode()) == (400, True)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\temp\\合同.pdf", "合同.pdf"),
        ('a"b\r\nc.pdf', "abc.pdf"),
        ("长" * 300 + ".pdf", "长" * 116 + ".pdf"),
    ],
)
def test_a_name_keeps_no_folder_and_no_sign_that_a_header_reads(given, kept):
    assert named(given) == kept
