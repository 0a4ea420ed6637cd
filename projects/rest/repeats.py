"""The header Idempotency-Key: a write that was sent twice is done once and answered twice."""

import hashlib
import json
import re
from collections.abc import Callable

from django.http import HttpResponse, HttpResponseBase
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from projects import kept_answers
from projects.kept_answers import Answered
from projects.models import User
from projects.refusals import Invalid, NotAllowed

KEPT_HEADERS = ("Content-Type", "ETag", "Location", "Content-Disposition", "Cache-Control")
_KEY = re.compile(r"[\x21-\x7e]{1,255}")


def once(
    request: Request, key: str, do: Callable[[], HttpResponseBase], *, is_secret: bool
) -> HttpResponseBase:
    if not _KEY.fullmatch(key):
        raise Invalid("An Idempotency-Key is 1 to 255 visible ASCII characters, such as a UUID.")
    if not isinstance(request.user, User):
        raise NotAllowed("Sign in first.")
    done = kept_answers.once(
        request.user, key, _fingerprint(request), lambda: _answered(do(), is_secret)
    )
    answer = HttpResponse(done.body, status=done.status, headers=done.headers)
    if done.is_replayed:
        answer.headers["Idempotent-Replayed"] = "true"
    return answer


def _answered(answer: HttpResponseBase, is_secret: bool) -> Answered:
    if isinstance(answer, Response):
        body = b"" if answer.data is None else JSONRenderer().render(answer.data)
        answer.headers["Content-Type"] = "application/json"
    elif getattr(answer, "streaming", False):
        body = b"".join(answer)  # type: ignore[call-overload]
    else:
        body = answer.content  # type: ignore[attr-defined]
    headers = {name: answer.headers[name] for name in KEPT_HEADERS if name in answer.headers}
    return Answered(answer.status_code, body, headers, is_secret)


def _fingerprint(request: Request) -> str:
    """Of what is asked for, and where: the same key may not mean two things."""
    told = hashlib.sha256(f"{request.method} {request.get_full_path()}\n".encode())
    if request.content_type.startswith("multipart/"):
        for name in sorted(request.POST):
            told.update(repr((name, request.POST.getlist(name))).encode())
        for name in sorted(request.FILES):
            for sent in request.FILES.getlist(name):
                told.update(repr((name, sent.name, sent.size)).encode())
                for chunk in sent.chunks():
                    told.update(chunk)
                sent.seek(0)
    else:
        told.update(json.dumps(request.data, sort_keys=True, default=str).encode())
    return told.hexdigest()
