"""B4 on a phone without a network: opened, cut off, worked, restarted, worked on, and only then uploaded and approved."""

import base64
import json
import subprocess
import sys
from dataclasses import replace

import pytest

from tests.journeys.conftest import CHROMIUM, FLAGS, PICTURES, ROOT, Seat, _sign_in
from tests.journeys.network import Line
from tests.journeys.stage_fieldwork import PLACE

pytestmark = [pytest.mark.browser, pytest.mark.slow]
PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="
)
PHOTO = {"name": "goods.png", "mimeType": "image/png", "buffer": PIXEL}
CLIP = {"name": "clip.mp4", "mimeType": "video/mp4", "buffer": b"a clip of a body camera" * 40}
A_SECOND = 1100


class Phone:
    """A phone of one officer: its own browser profile, which outlives a restart."""

    def __init__(self, name, console, kind, folder):
        self.line = Line(console.address)
        self.name, self.console, self.kind, self.folder = (
            name,
            replace(console, address=self.line.address),
            kind,
            folder,
        )
        self.start()

    def start(self, offline=False):
        self.context = self.kind.launch_persistent_context(
            self.folder,
            executable_path=CHROMIUM,
            args=FLAGS,
            locale="zh-CN",
            viewport={"width": 390, "height": 844},
            has_touch=True,
            geolocation=PLACE,
            permissions=["geolocation"],
            offline=offline,
        )
        self.page = self.context.pages[0]

    def stop(self):
        self.context.close()

    def go_offline(self):
        """No network: the page is told so, and nothing gets through, from the worker of its pages neither."""
        self.line.cut()
        self.context.set_offline(True)

    def come_back(self):
        self.line.mend()
        self.context.set_offline(False)

    def sign_in(self):
        _sign_in(Seat(self.name, self.console, self.page))

    def open(self, job):
        self.page.goto(f"{self.console.address}/fieldwork/{job}/site/")
        self.page.wait_for_selector('[data-part="ready"]:visible')

    def do(self, deed):
        """Press the button of this deed and wait until it is signed."""
        queued, told = self.page.locator('[data-part="queue"] li'), self.page.locator('[data-part="told"]')
        before = {"items": queued.count(), "told": told.text_content()}
        self.page.click(f'form[data-deed="{deed}"] button:not([type=button])')
        self.page.wait_for_function(
            "before => document.querySelectorAll('[data-part=queue] li').length > before.items"
            " || document.querySelector('[data-part=told]').textContent !== before.told",
            arg=before,
        )
        assert "notice-error" not in told.get_attribute("class"), told.inner_text()

    def queue(self):
        return [row.split(" · ")[-1] for row in self.page.locator('[data-part="queue"] li span').all_inner_texts()]

    def upload(self):
        with self.page.expect_response(lambda answer: answer.url.endswith("/site/items/")):
            self.page.click('[data-part="send"]')
        self.page.wait_for_load_state("networkidle")
        self.page.wait_for_timeout(300)
        return self.page.inner_text('[data-part="told"]')

    def picture(self, name):
        PICTURES.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=PICTURES / f"{name}-390.png", full_page=True)


def fill_record(page):
    """The form of the record, as it is filled in on site."""
    form = page.locator('form[data-deed="record"]')
    form.locator('[name="manner"][value="B"]').check()
    form.locator('[name="packing"]').select_option("22")
    papers = form.locator('[data-rows="papers"]')
    papers.locator('[data-column="paper"]').fill("装箱单")
    papers.locator('[data-column="count"]').fill("1")
    containers = form.locator('[data-rows="containers"]')
    containers.locator("[data-add]").click()
    containers.locator('[data-column="container_id"]').fill("TGHU1234567")
    containers.locator('[data-column="new_seal"]').fill("ZH0099")
    goods = form.locator('[data-rows="goods"]')
    goods.locator("[data-add]").click()
    for column, value in {"g_no": "1", "declared": "100", "real": "90"}.items():
        goods.locator(f'[data-column="{column}"]').fill(value)
    goods.locator('[data-column="element"]').select_option("qty")
    goods.locator('[data-column="agreement"]').select_option("other")
    form.locator('[name="exam_result"][value="abnormal"]').check()
    form.locator('[name="disposal"]').select_option("9")
    page.click('[data-part="make"]')
    page.wait_for_function("document.querySelector('[name=notes]').value.startsWith('按照查验指令')")


@pytest.fixture(scope="module")
def jobs(console):
    """Two jobs of the front-line officer and the colleague."""
    call = [sys.executable, "-m", "tests.journeys.stage_fieldwork"]
    done = subprocess.run(call, env=console.environment, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.fixture(scope="module")
def phones(console, browser, tmp_path_factory):
    """A phone each, signed in."""
    kind = browser.browser_type
    both = {who: Phone(who, console, kind, tmp_path_factory.mktemp(who)) for who in ("front", "colleague")}
    for phone in both.values():
        phone.sign_in()
    yield both
    for phone in both.values():
        phone.stop()


@pytest.fixture(scope="module")
def offline_day(jobs, phones):
    """What the front-line officer does without a network, across a restart of the browser."""
    front, seen = phones["front"], {}
    front.open(jobs[0])
    front.open(jobs[1])
    front.open(jobs[0])
    front.picture("fieldwork-opened")
    front.go_offline()
    front.do("check_in")
    front.page.set_input_files('[name="photo"]', PHOTO)
    front.do("photo")
    front.page.set_input_files('[name="photo"]', PHOTO)
    front.page.click('form[data-deed="photo"] button')
    front.page.wait_for_selector(".notice-error:visible")
    seen["same photo"] = front.page.inner_text('[data-part="told"]')
    front.page.set_input_files('[name="clip"]', CLIP)
    front.page.fill('[name="camera"]', "JL-0021")
    front.page.wait_for_timeout(A_SECOND)  # the field knows no fractions
    now = front.page.evaluate(
        "new Date(Date.now() - new Date().getTimezoneOffset() * 60000).toISOString().slice(0, 19)"
    )
    front.page.fill('form[data-deed="clip"] [name="from"]', now)
    front.page.fill('form[data-deed="clip"] [name="to"]', now)
    front.page.wait_for_timeout(A_SECOND)
    front.do("clip")
    fill_record(front.page)
    front.do("record")
    front.picture("fieldwork-offline")
    seen["before"] = front.queue()
    front.stop()
    front.start(offline=True)
    arrived = front.page.goto(f"{front.console.address}/fieldwork/{jobs[0]}/site/")
    seen["from the device"] = arrived.from_service_worker
    front.page.wait_for_selector('[data-part="queue"] li')
    seen["reached"] = front.page.evaluate("fetch(location.pathname + 'standing/').then(() => true, () => false)")
    seen["after"] = front.queue()
    seen["network"] = front.page.inner_text('[data-part="network"]')
    front.do("check_out")
    front.picture("fieldwork-restarted")
    return seen


@pytest.fixture(scope="module")
def uploaded(offline_day, jobs, phones, seats):
    """Back in the network: signed in again, uploaded, the other officer too, submitted, approved."""
    front, colleague, seen = phones["front"], phones["colleague"], {}
    front.come_back()
    front.page.wait_for_selector('[data-part="sign-in"]:visible')
    front.sign_in()
    front.open(jobs[0])
    seen["waits"] = front.upload()
    colleague.open(jobs[0])
    colleague.do("check_in")
    colleague.upload()
    seen["sent"] = front.upload()
    seen["queue"] = front.queue()
    front.picture("fieldwork-uploaded")
    front.page.click('[data-part="submit"]')
    front.page.wait_for_url(f"{front.console.address}/fieldwork/{jobs[0]}/")
    front.picture("fieldwork-submitted")
    seen["left behind"] = front.page.evaluate(
        "async () => { const m = await import('/static/fieldwork/store.js');"
        f" return (await m.all('queue', 'fieldwork/{jobs[0]}|front')).length }}"
    )
    chief = seats("chief")
    chief.go(f"/fieldwork/{jobs[0]}/")
    seen["chief reads"] = chief.page.inner_text("main")
    chief.picture("fieldwork-chief")
    chief.step(f"/fieldwork/{jobs[0]}/", "approve", opinion="情况属实，同意")
    seen["state"] = chief.page.inner_text(".record-meta .state")
    return seen


def test_without_a_network_everything_is_kept_across_a_restart(offline_day):
    assert "不能重复使用" in offline_day["same photo"]
    assert offline_day["before"] == ["待上传"] * 4
    assert (offline_day["from the device"], offline_day["network"], offline_day["reached"]) == (True, "离线", False)
    assert offline_day["after"] == offline_day["before"]


def test_back_in_the_network_it_is_uploaded_submitted_and_approved(uploaded):
    assert "另一人签到" in uploaded["waits"]
    assert "待提交" in uploaded["sent"]
    assert set(uploaded["queue"]) == {"已接收"}
    assert uploaded["left behind"] == 0
    assert uploaded["state"] == "办结"
    for words in ("第1项商品数量实际为90与申报100不符", "JL-0021", "TGHU1234567重封号ZH0099", "设备", "服务器收到"):
        assert words in uploaded["chief reads"], words
    assert "已被修改" not in uploaded["chief reads"]


def test_the_ledger_of_the_day_verifies(uploaded, console):
    for command in ("seal", "verify"):
        told = console.run("ledger", command)
        assert told.returncode == 0, told.stdout + told.stderr


def test_a_queue_item_that_was_tampered_with_is_refused_with_a_sentence(uploaded, jobs, phones):
    front = phones["front"]
    front.open(jobs[1])
    front.go_offline()
    front.do("check_in")
    front.page.evaluate(
        "async () => { const m = await import('/static/fieldwork/store.js');"
        f" const [item] = await m.all('queue', 'fieldwork/{jobs[1]}|front');"
        " await m.keep(['queue', { ...item, text: item.text.replace(/\"lon\":[0-9.]+/, '\"lon\":120.1') }]); }"
    )
    front.come_back()
    front.page.wait_for_selector(".notice-error:visible")
    assert "签名不符" in front.page.inner_text('[data-part="told"]')
    front.picture("fieldwork-tampered")
    assert front.queue() == ["被拒收"]
    front.page.once("dialog", lambda asked: asked.accept())
    front.page.click('[data-part="anew"]')
    front.page.wait_for_selector('[data-part="ready"]:visible')
    front.do("check_in")
    assert "待第二人签到" in front.upload()


def test_the_page_on_site_speaks_english_too(phones, jobs, uploaded):
    colleague = phones["colleague"]
    colleague.page.goto(colleague.console.address + "/")
    colleague.page.locator('form[action="/language/"] button').first.click()
    colleague.open(jobs[1])
    colleague.picture("fieldwork-english")
    assert "I am here: check in" in colleague.page.inner_text("main")


def test_a_page_whose_job_this_device_no_longer_keeps_says_what_to_do(phones, jobs, uploaded):
    front = phones["front"]
    front.open(jobs[1])
    front.page.evaluate(f"async () => (await import('/static/fieldwork/store.js')).forget('fieldwork/{jobs[1]}|front')")
    front.page.click('form[data-deed="check_out"] button:not([type=button])')
    front.page.wait_for_selector(".notice-error:visible")
    assert "本机尚未领取这项作业" in front.page.inner_text('[data-part="told"]')
