"""Routes and what can be done on them: an operation says its shapes, rights and answers once, for doing and for describing.

An endpoint checks in this order: who asks, the right to the project, parameters, body, version; then the operation runs.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.http import HttpResponse, HttpResponseBase
from django.urls import URLPattern, path
from django.views.decorators.gzip import gzip_page
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from projects import access
from projects.access import Pass
from projects.models import User
from projects.refusals import Invalid, Missing, NotAllowed
from projects.rest import conditions, repeats
from projects.rest.paging import ListOf, piece_of
from projects.rest.shapes import Shape, of_form
from projects.rest.validity import keepable, refuse, refused_form

PLAIN = {"GET": 200, "POST": 200, "PUT": 200, "PATCH": 200, "DELETE": 200}


@dataclass(frozen=True)
class Bytes:
    """An answer that is a file."""

    media: str = "application/octet-stream"


@dataclass(frozen=True)
class Asked:
    """What an operation is given: who asks, and what was said, judged by its shapes."""

    request: Request
    at: Mapping[str, Any]
    holder: Pass = None  # type: ignore[assignment]  # of routes outside projects; those ask for it themselves
    judged: Any = None
    wanted: Mapping[str, Any] = field(default_factory=dict)

    @property
    def said(self) -> Any:
        """The body by its shape; where the verb judges it, as it came, read only when somebody looks at it."""
        return self.request.data if self.judged is None else self.judged

    @property
    def kept(self) -> dict[str, Any]:
        """The body as it came, an object of texts that a database keeps."""
        return keepable(self.request.data) if isinstance(self.request.data, dict) else {}

    @property
    def user(self) -> User:
        user = self.request.user
        if not isinstance(user, User):
            raise NotAllowed("Sign in first.")
        return user

    def form(self, form: type[forms.Form], data: Any = None, /, **known: Any) -> Any:
        """What was said, judged by the form that the page uses."""
        return self.form_of(form(self.said if data is None else data, **known))

    @staticmethod
    def form_of(filled: Any) -> Any:
        if not filled.is_valid():
            raise refused_form(filled)
        return filled


Do = Callable[..., Any]


@dataclass(frozen=True)
class Operation:
    name: str
    method: str
    do: Do
    answers: Shape | ListOf | Bytes | None
    status: int
    needs: str | None = None
    # A token needs one of these as well, where a person's roles are judged by what is loaded.
    token_needs: tuple[str, ...] = ()
    takes: Shape | None = None
    filters: Shape | None = None
    orders: tuple[str, ...] = ()
    with_files: bool = False
    # The verb judges the body itself; the shape only describes it.
    is_raw: bool = False
    # The answer holds something that is shown once.
    is_secret: bool = False
    # Other answers than the usual ones: status -> shape.
    also: Mapping[int, Shape | None] = field(default_factory=dict)
    # Which of one's own headers the operation reads.
    headers: tuple[tuple[str, bool, str], ...] = ()

    @property
    def is_read(self) -> bool:
        return self.method == "GET"

    @property
    def parameters(self) -> set[str]:
        known = set(self.filters().fields) if self.filters else set()
        if isinstance(self.answers, ListOf):
            known |= {"cursor", "limit"}
        if self.orders:
            known.add("order")
        return known


class Route:
    """An address with its operations; `version` names the route whose answer tells the version that writes here go by."""

    def __init__(self, at: str, name: str, tag: str, *, version: "Route | None" = None, is_packed: bool = False) -> None:  # fmt: skip
        self.at, self.name, self.tag, self.is_packed = at, name, tag, is_packed
        self.operations: dict[str, Operation] = {}
        self._version = version

    @property
    def version(self) -> Operation | None:
        """The operation that gives what writes here change, where that is one thing."""
        found = (self._version or self).operations.get("GET")
        return found if found and not isinstance(found.answers, ListOf | Bytes) else None

    def version_at(self, at: Mapping[str, Any]) -> dict[str, Any]:
        """Of the names in an address those that the route with the version has too."""
        address = (self._version or self).at
        return {name: value for name, value in at.items() if f":{name}>" in address}

    def _says(self, method: str, answers: Any, status: int | None, said: dict[str, Any]) -> Callable[[Do], Do]:  # fmt: skip
        def keep(do: Do) -> Do:
            takes = said.get("takes")
            if isinstance(takes, type) and issubclass(takes, forms.BaseForm):
                said["takes"] = of_form(takes.__name__.removesuffix("Form"), takes)
            filters = said.get("filters")
            if isinstance(filters, type) and issubclass(filters, forms.BaseForm):
                said["filters"] = of_form(filters.__name__, filters)
            self.operations[method] = Operation(
                do.__name__.rstrip("_"), method, do, answers, status or PLAIN[method], **said
            )
            return do

        return keep

    def get(self, answers: Any, *, status: int | None = None, **said: Any) -> Callable[[Do], Do]:
        return self._says("GET", answers, status, said)

    def post(self, answers: Any, *, status: int | None = None, **said: Any) -> Callable[[Do], Do]:
        return self._says("POST", answers, status, said)

    def put(self, answers: Any, *, status: int | None = None, **said: Any) -> Callable[[Do], Do]:
        return self._says("PUT", answers, status, said)

    def patch(self, answers: Any, *, status: int | None = None, **said: Any) -> Callable[[Do], Do]:
        return self._says("PATCH", answers, status, said)

    def delete(self, answers: Any, *, status: int | None = None, **said: Any) -> Callable[[Do], Do]:  # fmt: skip
        return self._says("DELETE", answers, status, said)

    def pattern(self) -> URLPattern:
        handlers = {method.lower(): _handler(one) for method, one in self.operations.items()}
        name = "".join(part.capitalize() for part in self.name.split("_"))
        view = type(name, (Endpoint,), {"route": self, **handlers}).as_view()  # type: ignore[attr-defined]
        return path(self.at, gzip_page(view) if self.is_packed else view, name=self.name)


def _handler(operation: Operation) -> Callable[..., HttpResponseBase]:
    def handler(self: "Endpoint", request: Request, **at: Any) -> HttpResponseBase:
        return self.carry_out(operation, request, at)

    return handler


class Endpoint(APIView):
    """What all operations have in common."""

    route: Route

    def carry_out(self, operation: Operation, request: Request, at: dict[str, Any]) -> HttpResponseBase:  # fmt: skip
        if any(isinstance(part, str) and "\0" in part for part in at.values()):
            raise Missing("There is nothing at this address.")
        holder = None
        if operation.needs is not None:
            holder = access.pass_for(request.user, at.pop("slug"), operation.needs)
        access.require_of_token(request.user, *operation.token_needs)
        asked = Asked(request, at, holder, wanted=_wanted(operation, request))  # type: ignore[arg-type]
        if operation.is_read:
            return conditions.unless_known(request, self._answer(operation, asked))
        asked = Asked(request, at, asked.holder, _said(operation, request), asked.wanted)
        key = request.headers.get("Idempotency-Key")
        if key is not None:
            return repeats.once(
                request,
                key,
                lambda: self._changed(operation, asked),
                is_secret=operation.is_secret,
            )
        return self._changed(operation, asked)

    def _changed(self, operation: Operation, asked: Asked) -> HttpResponseBase:
        stands = self.route.version
        if stands is None or "If-Match" not in asked.request.headers or operation.headers:
            return self._answer(operation, asked)
        with conditions.unchanged():
            known = Asked(asked.request, self.route.version_at(asked.at), asked.holder)
            conditions.require(asked.request, lambda: self._answer(stands, known))
            return self._answer(operation, asked)

    def _answer(self, operation: Operation, asked: Asked) -> HttpResponseBase:
        result = operation.do(asked, **asked.at)
        if isinstance(result, HttpResponse | HttpResponseBase) and not isinstance(result, Response):
            return result
        if isinstance(result, Response):
            return result
        if operation.answers is None:
            return Response(status=204)
        if isinstance(operation.answers, ListOf):
            return Response(_listed(operation.answers, result, asked.request))
        assert not isinstance(operation.answers, Bytes), operation.name
        return Response(_told(operation.answers, result), status=operation.status)


def _told(shape: Shape, result: Any) -> Any:
    """Objects by their shape; what is told as a mapping already stays as it is."""
    return result if isinstance(result, dict) else shape(result).data


def _listed(listed: ListOf, result: Any, request: Request) -> dict[str, Any]:
    piece = piece_of(result, listed, request)
    told: dict[str, Any] = {} if piece.count is None else {"count": piece.count}
    return told | {
        "results": [_told(listed.shape, row) for row in piece.rows],
        "next": piece.following,
    }


def _wanted(operation: Operation, request: Request) -> Mapping[str, Any]:
    """The parameters of the address, each of them known and fit."""
    unknown = sorted(set(request.query_params) - operation.parameters)
    if unknown:
        known = ", ".join(sorted(operation.parameters)) or "none"
        said = f"“{unknown[0]}” is no filter here; there are {known}."
        raise Invalid(said, errors=[{"parameter": unknown[0], "detail": said}])
    order = request.query_params.get("order", "") if operation.orders else ""
    if order and order not in operation.orders:
        said = f"There is no order “{order}” here; there are {', '.join(operation.orders)}."
        raise Invalid(said, errors=[{"parameter": "order", "detail": said}])
    if operation.filters is None:
        return {"order": order} if operation.orders else {}
    shape = operation.filters
    given: dict[str, Any] = {}
    lists = {name for name, one in shape().fields.items() if hasattr(one, "child")}
    for name in set(request.query_params) & set(shape().fields):
        values = request.query_params.getlist(name)
        if name in lists:
            given[name] = values
        elif values[-1]:
            given[name] = values[-1]
    judged = shape(data=given)
    if not judged.is_valid():
        raise refuse(judged.errors, place="parameter")
    return {**judged.validated_data, **({"order": order} if operation.orders else {})}


def _said(operation: Operation, request: Request) -> Any:
    if operation.is_raw:
        return None
    if operation.takes is None:
        if request.data:
            raise Invalid("Nothing is said in the body here; leave it empty.")
        return {}
    data = request.data
    if not isinstance(data, Mapping):
        raise Invalid("Send an object.")
    keepable({**data})
    unknown = sorted(set(data) - set(operation.takes().fields))
    if unknown:
        raise refuse({unknown[0]: [f"is not understood; there are {', '.join(operation.takes().fields)}"]})  # fmt: skip
    judged = operation.takes(data=data)
    if not judged.is_valid():
        raise refuse(judged.errors)
    # What is null was not said.
    return {name: value for name, value in judged.validated_data.items() if value is not None}
