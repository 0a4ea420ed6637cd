"""A long list in pieces. A cursor names the last row that was seen, by the id its reader has of it, and nothing else.

So it tells nothing of rows in between that are not the reader's, and what is added meanwhile moves nothing.
"""

import base64
import binascii
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.http import QueryDict
from rest_framework.request import Request

from projects.refusals import Invalid
from projects.rest.shapes import Shape

MOST = 1_000


@dataclass(frozen=True)
class ListOf:
    """`key` is what names a row in a cursor, unique in the list; `counted` where the number of all is no secret."""

    shape: Shape
    key: str = "public_id"
    page: int = 100
    most: int = MOST
    counted: bool = False


@dataclass(frozen=True)
class Found:
    """Rows, and how those of one piece are shown."""

    rows: QuerySet[Any] | Sequence[Any]
    show: Callable[[Sequence[Any]], Sequence[Any]]


@dataclass(frozen=True)
class Piece:
    rows: Sequence[Any]
    following: str | None
    count: int | None


def piece_of(
    found: QuerySet[Any] | Sequence[Any] | Found, listed: ListOf, request: Request
) -> Piece:
    """The rows after the cursor, as many as were asked for, and the address of those that follow."""
    if isinstance(found, Found):
        piece = piece_of(found.rows, listed, request)
        return Piece(found.show(piece.rows), piece.following, piece.count)
    limit = _limit(request.query_params.get("limit", ""), listed)
    cursor = request.query_params.get("cursor", "")
    is_query = isinstance(found, QuerySet)
    count = None
    if listed.counted:
        count = found.count() if is_query else len(found)
    if cursor:
        seen = _read(cursor)
        found = _after_row(found, seen, listed.key) if is_query else _after(found, seen, listed.key)
    rows = list(found[: limit + 1])
    following = None
    if len(rows) > limit:
        rows = rows[:limit]
        following = _address(request, str(value_of(rows[-1], listed.key)))
    return Piece(rows, following, count)


def value_of(row: Any, path: str) -> Any:
    """What a row has under a name such as `round__public_id`, whether it is an object or a mapping."""
    for step in path.split("__"):
        row = row[step] if isinstance(row, dict) else getattr(row, step)
    return row


def _limit(told: str, listed: ListOf) -> int:
    if not told:
        return listed.page
    if not (told.isascii() and told.isdecimal() and 1 <= int(told[:9]) <= listed.most):
        raise Invalid(
            f"“limit” is a number from 1 to {listed.most}.",
            errors=[{"parameter": "limit", "detail": f"a number from 1 to {listed.most}"}],
        )
    return int(told)


def _no_cursor() -> Invalid:
    said = "This cursor leads nowhere. Take the one of the last answer, or begin without one."
    return Invalid(said, errors=[{"parameter": "cursor", "detail": said}])


def _read(cursor: str) -> str:
    try:
        padded = cursor.encode("ascii") + b"=" * (-len(cursor) % 4)
        return base64.b64decode(padded, altchars=b"-_", validate=True).decode().replace("\0", "")
    except (ValueError, binascii.Error):
        raise _no_cursor() from None


def _address(request: Request, seen: str) -> str:
    query = QueryDict(mutable=True)
    query.update(request.query_params)
    query["cursor"] = base64.urlsafe_b64encode(seen.encode()).decode().rstrip("=")
    return f"{request.path}?{query.urlencode()}"


def _after(found: Sequence[Any], seen: str, key: str) -> Sequence[Any]:
    for place, row in enumerate(found):
        if str(value_of(row, key)) == seen:
            return found[place + 1 :]
    raise _no_cursor()


def _after_row(found: QuerySet[Any], seen: str, key: str) -> QuerySet[Any]:
    """Rows behind the one that was seen, in the order of the query; only a row that is in it can be named."""
    order = list(found.query.order_by) or ["pk"]
    plain = [name for name in order if isinstance(name, str)]
    names = [name.removeprefix("-") for name in plain]
    try:
        at = found.filter(**{key: seen}).values_list(*names).first()
    except (ValueError, TypeError, ValidationError):
        at = None
    if at is None:
        raise _no_cursor()
    if None in at or len(plain) < len(order):
        # An order by what may be missing is the database's own: counted off.
        keys = [str(value) for value in found.values_list(key, flat=True)]
        return found.filter(pk__in=found.values("pk")[keys.index(seen) + 1 :][: MOST + 1])
    behind, same = Q(), Q()
    for name, written, value in zip(names, plain, at, strict=True):
        behind |= same & Q(**{f"{name}__{'lt' if written.startswith('-') else 'gt'}": value})
        same &= Q(**{name: value})
    return found.filter(behind)


def by(found: QuerySet[Any], order: str, orders: dict[str, tuple[str, ...]]) -> QuerySet[Any]:
    """In one of the orders that may be asked for, each of which ends with what is unique."""
    return found.order_by(*orders[order])
