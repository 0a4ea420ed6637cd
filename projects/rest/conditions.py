"""Versions of what is answered: ETags of what the reader may see, and writes that go by one.

A tag is made of the answer itself. So it tells nothing beyond the answer: what others do out of sight leaves it as it is.
"""

import hashlib
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import OperationalError, connection, transaction
from django.http import HttpResponse, HttpResponseBase
from django.utils.cache import patch_cache_control
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from projects.refusals import Stale

_TAG = re.compile(r'(?:W/)?("[^"]*")')


def unless_known(request: Request, answer: HttpResponseBase) -> HttpResponseBase:
    """The answer with its version; 304 where the asker has it already."""
    if not isinstance(answer, Response):
        return answer
    tag = answer.headers.setdefault("ETag", tag_of(answer))
    if not answer.has_header("Cache-Control"):
        patch_cache_control(answer, private=True, no_cache=True)
    if _names(request.headers.get("If-None-Match", ""), tag):
        known = HttpResponse(status=304)
        for name in ("ETag", "Cache-Control"):
            known.headers[name] = answer.headers[name]
        return known
    return answer


def tag_of(answer: Response) -> str:
    return f'"{hashlib.sha256(JSONRenderer().render(answer.data)).hexdigest()[:32]}"'


def require(request: Request, stands: Callable[[], HttpResponseBase]) -> None:
    """Refused unless what stands is what the writer started from."""
    answer = stands()
    assert isinstance(answer, Response)
    tag = answer.headers.get("ETag") or tag_of(answer)
    if not _names(request.headers["If-Match"], tag):
        raise Stale(
            "This was changed since you looked at it. Read it again, then decide.", etag=tag
        )


@contextmanager
def unchanged() -> Iterator[None]:
    """Nothing changes between the look at the version and the step; who comes in between is told."""
    alone = not connection.in_atomic_block
    try:
        with transaction.atomic():
            if alone and connection.vendor == "postgresql":
                with connection.cursor() as cursor:
                    cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            yield
    except OperationalError as error:
        if getattr(error.__cause__, "sqlstate", "") == "40001":
            raise Stale("Somebody changed this at the same moment. Read it again.") from None
        raise


def _names(header: str, tag: str) -> bool:
    return header.strip() == "*" or tag in _TAG.findall(header)
