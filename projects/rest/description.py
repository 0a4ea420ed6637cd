"""How operations are told to drf-spectacular: everything stands in the operation, nothing is guessed from the code."""

import re
from typing import Any

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse

from projects.rest import problems
from projects.rest.paging import ListOf
from projects.rest.routes import Bytes, Operation, Route
from projects.rest.shapes import Shape, shape, some, text, whole

_ADDRESS = re.compile(r"<(\w+):(\w+)>")
_LISTS: dict[tuple[Shape, bool], Shape] = {}


class TokenDescription(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    target_class = "projects.authentication.TokenAuthentication"
    name = "token"

    def get_security_definition(self, auto_schema: AutoSchema) -> dict[str, str]:
        return {
            "type": "http",
            "scheme": "bearer",
            "description": "A token made on the page of tokens, or by `manage.py create_token`.",
        }


class OperationSchema(AutoSchema):
    """One operation of a route."""

    @property
    def route(self) -> Route:
        found: Route = self.view.route
        return found

    @property
    def operation(self) -> Operation:
        return self.route.operations[self.method]

    def get_operation_id(self) -> str:
        return self.operation.name

    def get_tags(self) -> list[str]:
        return [self.route.tag]

    def get_summary(self) -> str:
        return (self.operation.do.__doc__ or self.operation.name.replace("_", " ").capitalize()).strip().split("\n")[0]  # fmt: skip

    def get_description(self) -> str:
        lines = (self.operation.do.__doc__ or "").strip().split("\n")[1:]
        told = "\n".join(line.strip() for line in lines).strip()
        if self.operation.needs not in (None, "project.view"):
            told += f"\n\nNeeds the right `{self.operation.needs}`."
        if self.operation.token_needs:
            rights = " or ".join(f"`{one}`" for one in self.operation.token_needs)
            told += f"\n\nA token needs the right {rights}."
        return told.strip()

    def get_request_serializer(self) -> Any:
        return self.operation.takes

    def map_parsers(self) -> list[str]:
        return ["multipart/form-data"] if self.operation.with_files else ["application/json"]

    def _get_paginator(self) -> None:
        return None

    def _is_list_view(self, serializer: Any = None) -> bool:
        return False

    def get_override_parameters(self) -> list[Any]:
        operation = self.operation
        found: list[Any] = []
        if operation.filters is not None:
            found.append(operation.filters)
        if isinstance(operation.answers, ListOf):
            most = {"type": "integer", "minimum": 1, "maximum": operation.answers.most}
            found.append(_query("cursor", OpenApiTypes.STR, "From `next` of the answer before."))
            found.append(_query("limit", most, f"Rows of one answer; {operation.answers.page} where it is not said."))  # fmt: skip
        if operation.orders:
            found.append(_query("order", {"type": "string", "enum": [*operation.orders]}, "In which order."))  # fmt: skip
        if operation.is_read:
            if not isinstance(operation.answers, Bytes):
                found.append(_header("If-None-Match", "The ETag you have: 304 where it still holds."))  # fmt: skip
        else:
            found.append(_header("Idempotency-Key", "A name of your own for this request: sent again with it, it is answered and not done again.", {"type": "string", "minLength": 1, "maxLength": 255, "pattern": "^[!-~]+$"}))  # fmt: skip
            if self.route.version is not None and not operation.headers:
                found.append(_header("If-Match", "The ETag you started from: 412 where it holds no more."))  # fmt: skip
        found += [_header(name, words, is_required=needed) for name, needed, words in operation.headers]  # fmt: skip
        return found

    def get_response_serializers(self) -> Any:
        operation = self.operation
        found: dict[Any, Any] = {}
        answers = operation.answers
        if isinstance(answers, Bytes):
            found[(operation.status, answers.media)] = OpenApiTypes.BINARY
        elif isinstance(answers, ListOf):
            found[operation.status] = _list_of(answers)
        else:
            found[204 if answers is None else operation.status] = answers
        for status, other in operation.also.items():
            found[status] = other
        if operation.is_read and not isinstance(answers, Bytes):
            found[304] = OpenApiResponse(description="What you have still holds.")
        for status in self._refusals():
            said = problems.KINDS[status][1]
            found[(status, problems.MEDIA)] = OpenApiResponse(problems.Problem, description=said)
        return found

    def _refusals(self) -> list[int]:
        told = {400, 401, 406, 429, 500, 503}
        if "<" in self.route.at:
            told |= {403, 404}
        if self.operation.parameters or not self.operation.is_read:
            told.add(422)
        if not self.operation.is_read:
            told |= {403, 404, 409, 412, 413, 415}
        if self.operation.headers:
            told.add(428)
        return sorted(told | {403, 404, 409, 422} if self.operation.is_raw else told | {404, 409, 422})  # fmt: skip


def _query(name: str, kind: Any, words: str) -> OpenApiParameter:
    return OpenApiParameter(name, kind, OpenApiParameter.QUERY, description=words)


def _header(name: str, words: str, kind: Any = None, *, is_required: bool = False) -> OpenApiParameter:  # fmt: skip
    return OpenApiParameter(name, kind or OpenApiTypes.STR, OpenApiParameter.HEADER, description=words, required=is_required)  # fmt: skip


def _list_of(listed: ListOf) -> Shape:
    known = (listed.shape, listed.counted)
    if known not in _LISTS:
        name = f"{listed.shape.__name__}{'Counted' if listed.counted else ''}List"
        counted = {"count": whole(help_text="How many there are in all.")} if listed.counted else {}
        _LISTS[known] = shape(
            name,
            **counted,
            results=some(listed.shape),
            next=text(null=True, help_text="The address of the next rows; null at the end."),
        )
    return _LISTS[known]


def close_requests(result: dict[str, Any], **_: Any) -> dict[str, Any]:
    """What is sent may hold nothing that is not described: the API refuses it in words, and the description says so."""
    for name, component in result.get("components", {}).get("schemas", {}).items():
        if name.endswith("Request") and component.get("type") == "object" and component.get("properties"):  # fmt: skip
            component.setdefault("additionalProperties", False)
    return result
