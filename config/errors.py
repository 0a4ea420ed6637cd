"""Refusals become answers here, once: a page for people, problem details (RFC 9457) for programs."""

import logging
import sys
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import RequestDataTooBig, TooManyFilesSent
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from rest_framework.views import exception_handler

from projects import log_marks
from projects.refusals import Refused
from projects.rest.problems import MEDIA, problem
from projects.troubles import STATUS, trouble

log = logging.getLogger(__name__)

TITLES = {
    400: "This cannot be read",
    401: "Sign in first",
    403: "You may not do that",
    404: "Nothing here",
    405: "Not in this way",
    406: "No such answer",
    415: "Not this kind of content",
    429: "Too many requests",
}


def _wants_json(request: HttpRequest) -> bool:
    return request.path.startswith("/api/")


def answer(
    request: HttpRequest, status: int, title: str, message: str, **details: object
) -> HttpResponse:
    if _wants_json(request):
        return JsonResponse(
            problem(status, title, message, request.path, **details),
            status=status,
            content_type=MEDIA,
        )
    context = {
        "status": status, "title": title, "message": message, "details": details,
        "back": _page_before(request),
    }  # fmt: skip
    try:
        return render(request, "refused.html", context, status=status)
    except Exception as error:
        if trouble(error) is None:
            raise
        # Who is signed in cannot be asked: the page does without.
        frame = {"shell": {"home_url": reverse("home"), "sign_in_url": reverse("sign_in")}}
        return HttpResponse(render_to_string("refused.html", context | frame), status=status)


def _page_before(request: HttpRequest) -> str:
    """Where the form stood that was refused; nothing for who came by a link, whom the same page would refuse again."""
    came_from = request.headers.get("Referer", "") if request.method == "POST" else ""
    here = url_has_allowed_host_and_scheme(
        came_from, {request.get_host()}, require_https=request.is_secure()
    )
    return came_from if here and urlsplit(came_from).path != request.path else ""


class Refusals:
    """Views contain no try/except for rules; what a verb refuses ends up here."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, Refused):
            return answer(
                request, exception.status, exception.title, exception.message, **exception.details
            )
        if isinstance(exception, RequestDataTooBig | TooManyFilesSent):
            return answer(
                request,
                413,
                "Too much at once",
                "That was larger than one request may be. Nothing was changed.",
            )
        if found := trouble(exception):
            log.error("answered with “%s”", found.title, exc_info=exception)
            return answer(request, STATUS, found.title, found.message)
        return None


def api_answer(exception: Exception, context: dict[str, Any]) -> HttpResponse | None:
    """DRF's own exceptions in the same shape as ours."""
    request = context["request"]
    if isinstance(exception, Refused):
        return answer(
            request, exception.status, exception.title, exception.message, **exception.details
        )
    if isinstance(exception, RecursionError):
        return answer(request, 400, "Refused", "What was sent is nested too deeply.")
    response = exception_handler(exception, context)
    if response is not None:
        detail = response.data.get("detail") if isinstance(response.data, dict) else None
        details = {} if detail else {"problems": response.data}
        message = str(detail or "Some of what was sent cannot be used.")
        title = TITLES.get(response.status_code, "Refused")
        response.data = problem(response.status_code, title, message, request.path, **details)
        response.content_type = MEDIA
    return response


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return answer(request, 404, "Nothing here", "There is no page at this address.")


def server_error(request: HttpRequest) -> HttpResponse:
    # Also what broke outside of every view, where a session is looked up or kept.
    if found := trouble(sys.exc_info()[1]):
        return answer(request, STATUS, found.title, found.message)
    return answer(
        request,
        500,
        "Something broke on our side",
        "The error was logged. What you had saved before is safe; this last step was not carried out. Whoever runs this "
        f"installation finds it under the number {log_marks.current().get('request', '–')}.",
    )


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    return answer(
        request,
        403,
        "This form was too old",
        "You may have signed in or out in another tab. Go back, load the page again and repeat the step; "
        "nothing was changed.",
    )
