"""Around every request: an id that its log lines carry, its line when it ends, its measures.

A line names the route, never the address: addresses hold ids of documents and assignments, and words looked for. Nor
does it name the person: when somebody codes is for nobody to read from a log.
"""

from __future__ import annotations

import logging
import re
import secrets
import sys
import time
from collections.abc import Callable

from django.conf import settings
from django.core.signals import got_request_exception
from django.http import HttpRequest, HttpResponse

from config.watching import logs, measures
from projects import log_marks

log = logging.getLogger(__name__)
ordinary = logging.getLogger(f"{logs.ORDINARY}.requests")
HEADER = "X-Request-ID"
_LIKE_AN_ID = re.compile(r"[A-Za-z0-9._-]{8,64}")


class Watched:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        begun = time.perf_counter()
        own_id = id_of(request)
        with log_marks.marked(request=own_id):
            response = self.get_response(request)
            seconds = time.perf_counter() - begun
            route = route_of(request)
            measures.answered(route, request.method or "", response.status_code, seconds)
            ordinary.log(
                logging.ERROR if response.status_code >= 500 else logging.INFO,
                "answered",
                extra={
                    logs.FIELDS: {
                        "route": route,
                        "method": measures.known_method(request.method or ""),
                        "status": response.status_code,
                        "ms": round(seconds * 1000, 1),
                    }
                },
            )
        response.headers[HEADER] = own_id
        return response


def id_of(request: HttpRequest) -> str:
    """The proxy's id for the request where there is a proxy to believe, else a new one."""
    given = request.headers.get(HEADER, "")
    if settings.BEHIND_PROXY and _LIKE_AN_ID.fullmatch(given):
        return given
    return secrets.token_hex(8)


def route_of(request: HttpRequest) -> str:
    if request.resolver_match is not None:
        return request.resolver_match.view_name
    return "static" if request.path.startswith(settings.STATIC_URL) else "none"


def _tell(sender: object, **_: object) -> None:
    log.error("a request failed", exc_info=sys.exc_info())


got_request_exception.connect(_tell, dispatch_uid="config.watching.requests")
