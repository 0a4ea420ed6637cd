"""Refusals become answers here, once: a page for people, problem details (RFC 9457) for programs."""

import sqlite3
from collections.abc import Callable
from typing import Any

from django.core.exceptions import RequestDataTooBig, TooManyFilesSent
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from rest_framework.views import exception_handler

from projects import log_marks
from projects.refusals import Refused


def _wants_json(request: HttpRequest) -> bool:
    return request.path.startswith("/api/")


def _problem(status: int, title: str, message: str, **details: object) -> dict[str, object]:
    return {"type": "about:blank", "title": title, "status": status, "detail": message, **details}


def answer(
    request: HttpRequest, status: int, title: str, message: str, **details: object
) -> HttpResponse:
    if _wants_json(request):
        return JsonResponse(
            _problem(status, title, message, **details),
            status=status,
            content_type="application/problem+json",
        )
    context = {"status": status, "title": title, "message": message, "details": details}
    return render(request, "refused.html", context, status=status)


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
        if isinstance(exception, OperationalError) and isinstance(
            exception.__cause__, sqlite3.OperationalError
        ):
            return answer(
                request,
                503,
                "The database did not take it",
                f"Nothing was changed ({exception.__cause__}). Try again in a moment; if it stays, tell whoever runs "
                "this installation.",
            )
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
        response.data = _problem(response.status_code, "Refused", message, **details)
        response.content_type = "application/problem+json"
    return response


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return answer(request, 404, "Nothing here", "There is no page at this address.")


def server_error(request: HttpRequest) -> HttpResponse:
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
