"""The page on site and what it speaks to: opened by the job's own officers only, and usable without a network."""

from __future__ import annotations

import json
from pathlib import Path

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from guanjian.kernel.errors import BadInput, NotFound
from guanjian.kernel.words import Text
from guanjian.loops.fieldwork import evidence
from guanjian.loops.fieldwork.actions import Answer, receive, upload
from guanjian.loops.fieldwork.chain import DEEDS, device_of
from guanjian.loops.fieldwork.codes import Kind, Photo
from guanjian.loops.fieldwork.flow import S
from guanjian.loops.fieldwork.models import Fieldwork
from guanjian.loops.fieldwork.needs import RECORD
from guanjian.loops.fieldwork.views import MAY_SEE_TRACKS
from guanjian.loops.fieldwork.wording import spoken
from guanjian.moving.verbs import advance, note
from guanjian.org.actor import Actor
from guanjian.pages import names
from guanjian.pages.forms import Field, fields
from guanjian.pages.views import NO_SUCH

MOST_ITEMS_BYTES = 2 * 1024 * 1024
UNREADABLE = ("上传内容无法读取。", "What was sent cannot be read.")
SCRIPTS = ("chain", "store", "upload", "wording")
SENTENCES = {
    "online": Text("在线", "Online"),
    "offline": Text("离线", "Offline"),
    "kept": Text("待上传", "To be uploaded"),
    "done": Text("已接收", "Received"),
    "known": Text("已接收", "Received"),
    "aside": Text("已收存，未采用", "Kept, without effect"),
    "wait": Text("等待另一人", "Waits for the other officer"),
    "refused": Text("被拒收", "Refused"),
    "signed": Text("已签名并保存在本机。", "Signed and kept on this device."),
    "sent": Text("已上传，现为：", "Uploaded; it is now: "),
    "not_ready": Text(
        "本机尚未领取这项作业，请联网打开本页后再办。",
        "This device has not taken the job yet: open the page with a network first.",
    ),
    "no_place": Text("取不到定位，请打开定位权限后重试。", "No position: allow it and try again."),
    "no_photo": Text("只接收12 MB以内的JPEG、PNG或WebP照片。", "Photos are JPEG, PNG or WebP of at most 12 MB."),
    "over": Text("本作业不再接收现场记录，现为：", "Nothing more is taken from the site; it is now: "),
    "no_network": Text(
        "没有网络，记录都在本机，联网后再上传。", "No network: everything is kept here until there is one."
    ),
    "same_photo": Text("这张照片已经加入过，不能重复使用。", "This photo was added already and cannot be used twice."),
    "anew": Text(
        "被拒收的条目及其后的条目将从本机删除，换新的设备身份继续；换设备会被记录并提示监督。是否继续？",
        "What was refused and all after it is deleted here; you go on as a new device, which is recorded. Go on?",
    ),
    "sign_in": Text("登录已过期，请重新登录；本机记录不受影响。", "Sign in again; what is kept here stays."),
}


def own_job(request: HttpRequest, pk: int) -> Fieldwork:
    """The job, for its two officers; for everybody else there is none."""
    job = Fieldwork.objects.visible_to(request.actor).filter(pk=pk).first()
    if job is None or request.actor.person_id not in job.officers:
        raise NotFound(*NO_SUCH)
    return job


@require_GET
def site(request: HttpRequest, pk: int) -> HttpResponse:
    """The page on site; once opened it works without a network."""
    job = own_job(request, pk)
    context = {
        "job": job,
        "officers": [names.person(who) for who in job.officers],
        "kind": Kind(job.kind).label,
        "parts": [_part(field) for field in fields(RECORD, {"exam_addr": job.place}, "record")],
        "photos": Photo.choices(),
        "scripts": [static(f"fieldwork/{name}.js") for name in SCRIPTS],
        "told": _told(job, request.actor),
    }
    return render(request, "fieldwork/site.html", context)


def _part(field: Field) -> dict:
    columns = [(column, column.choices.choices() if column.choices else None) for column in field.need.columns]
    return {"need": field.need, "fields": [field], "columns": columns}


def _told(job: Fieldwork, actor: Actor) -> dict:
    """What the page's scripts have to know, the sentences in the language being spoken."""
    known = {"key": job.key, "pk": job.pk, "me": actor.person_id, "state": job.state, "words": spoken()}
    known |= {"largest": evidence.LARGEST_BYTES, "types": [*evidence.TYPES.values(), evidence.WEBP]}
    said = {name: str(text) for name, text in {**SENTENCES, **DEEDS}.items()}
    return {**known, "worker": reverse("fieldwork:worker"), "say": said}


@require_GET
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker, from beside the pages that it serves: a file under static/ could not reach them."""
    script = Path(__file__).with_name("static") / "fieldwork" / "worker.js"
    return HttpResponse(script.read_text(), content_type="text/javascript; charset=utf-8")


@require_GET
def standing(request: HttpRequest, pk: int) -> JsonResponse:
    """How the job stands: its state, and the files that are still missing."""
    return JsonResponse(_standing(own_job(request, pk)))


def _standing(job: Fieldwork) -> dict:
    mine = job.missing_files()
    return {
        "state": job.state,
        "state_label": str(job.state_label),
        "version": job.version,
        "missing": mine,
        "over": job.state == S.SUBMITTED or job.is_closed,
    }


@require_POST
def take(request: HttpRequest, pk: int) -> JsonResponse:
    """Take the job onto a device: the server keeps the public part of the key made there."""
    job, given = own_job(request, pk), _json(request)
    device = device_of(str(given.get("key", "")))
    moved = advance(job, "bind", request.actor, given)
    return JsonResponse({"device": device, **_standing(moved)})


@require_POST
def items(request: HttpRequest, pk: int) -> JsonResponse:
    """What the device queued; the same items may come twice."""
    job, given = own_job(request, pk), _json(request).get("items", [])
    answers: list[Answer] = upload(job, request.actor, given)
    told = [{"seq": one.number, "outcome": one.outcome, "said": one.said} for one in answers]
    return JsonResponse({"items": told, **_standing(own_job(request, pk))})


def _json(request: HttpRequest) -> dict:
    body = request.read(MOST_ITEMS_BYTES + 1)
    try:
        if len(body) > MOST_ITEMS_BYTES:
            raise ValueError("too long")
        given = json.loads(body)
        lists = given.get("items", [])
        if not all(isinstance(one["item"], str) and isinstance(one["signature"], str) for one in lists):
            raise ValueError("no items")
    except (ValueError, KeyError, TypeError, AttributeError) as problem:
        raise BadInput(*UNREADABLE) from problem
    return given


@require_http_methods(["GET", "POST"])
def file(request: HttpRequest, pk: int, digest: str) -> HttpResponse:
    """A photo or a track: delivered by the job's officers, read by who reads the job (a track: by his chiefs, noted)."""
    if request.method == "POST":
        job = own_job(request, pk)
        receive(job, request.actor, digest, request.read(evidence.LARGEST_BYTES + 1))
        return JsonResponse(_standing(job))
    job = Fieldwork.objects.visible_to(request.actor).filter(pk=pk).first()
    path = evidence.path_of(digest)
    if job is None or digest not in job.site.files or not path.exists():
        raise NotFound(*NO_SUCH)
    content = path.read_bytes()
    kind = evidence.type_of(content)
    if not kind:
        _track_read(request, job)
    return HttpResponse(content, content_type=kind or evidence.TRACK)


def _track_read(request: HttpRequest, job: Fieldwork) -> None:
    if not any(request.actor.covers(post, job) for post in MAY_SEE_TRACKS):
        raise NotFound(*NO_SUCH)
    note("fieldwork.track_read", job.key, request.actor, {}, job.district_code)
