"""How an error looks: one page, one fragment, one JSON shape."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template import loader

from guanjian.kernel.words import Text

TITLES = {
    400: Text("提交的内容有误", "Something in this cannot be used"),
    403: Text("不能这样办理", "This is not allowed"),
    404: Text("没有找到", "Not found"),
    409: Text("刚刚已有变化", "It has just changed"),
    429: Text("请求过多", "Too many requests"),
}
OTHER = Text("系统出错", "Something went wrong")
NO_PAGE = Text("没有这一页，或不在您的可见范围内。", "There is no such page, or it is not within your reach.")
NOT_UNDERSTOOD = Text("无法理解这个请求，请返回重试。", "The request was not understood; go back and try again.")
NO_RIGHT = Text("您的岗位不能打开这一页。", "Your post does not open this page.")
SIGN_IN = Text("请先登录，或提供有效的密钥。", "Sign in first, or bring a valid key.")
SET_UP_FACTOR = Text("请先在控制台设置第二因素。", "Set up a second factor in the console first.")
FORM_EXPIRED = Text("表单已过期，请返回刷新后重新提交。", "The form has expired: go back, reload and send it again.")


def answer(request: HttpRequest, text: Text, status: int) -> HttpResponse:
    """The error in the form that was asked for."""
    if request.path.startswith("/api/") or "application/json" in request.headers.get("Accept", ""):
        return JsonResponse({"error": text.zh, "error_en": text.en}, status=status)
    context = {"title": TITLES.get(status, OTHER), "text": text, "status": status}
    if request.headers.get("HX-Request"):
        response = render(request, "web/error_fragment.html", context, status=status)
        response["HX-Retarget"], response["HX-Reswap"] = "#main", "innerHTML"
        return response
    return render(request, "web/error.html", context, status=status)


def missing(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: no such page and not yours are one answer."""
    return answer(request, NO_PAGE, 404)


def unclear(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400."""
    return answer(request, NOT_UNDERSTOOD, 400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403 of the framework."""
    return answer(request, NO_RIGHT, 403)


def expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form without the token that protects it against forgery."""
    return answer(request, FORM_EXPIRED, 403)


def broken(request: HttpRequest) -> HttpResponse:
    """500: asks nothing of the database, because that may be what is broken."""
    return HttpResponse(loader.render_to_string("web/broken.html"), status=500)
