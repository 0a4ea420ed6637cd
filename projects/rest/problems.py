"""Problem details (RFC 9457): the one shape of every error of the API."""

from rest_framework import serializers

from projects.rest.shapes import anything, shape, some, text, whole

MEDIA = "application/problem+json"
KINDS = {
    400: ("malformed", "What was sent cannot be read."),
    401: ("not-signed-in", "Sign in, or send a token that is valid."),
    403: ("not-allowed", "Your roles in the project, or the rights of your token, do not allow it."),
    404: ("missing", "There is no such thing, or it is not yours to see."),
    405: ("method-not-allowed", "The address is right, the method is not."),
    406: ("not-acceptable", "No answer of the kind you accept can be given."),
    409: ("wrong-state", "It is not in a state in which this can be done."),
    412: ("stale", "It was changed since you looked at it."),
    413: ("too-large", "More was sent than one request may hold."),
    415: ("unsupported-media-type", "What was sent is of a kind that is not read here."),
    422: ("invalid", "Something that was said cannot be used; `errors` says which and why."),
    428: ("version-missing", "Say in If-Match which version you started from."),
    429: ("too-many-requests", "More requests came than are answered; Retry-After says when to go on."),
    500: ("internal", "Something broke on our side; nothing was changed."),
    503: ("unavailable", "The database did not take it; nothing was changed. Try again."),
}  # fmt: skip

ErrorAt = shape(
    "ErrorAt",
    detail=text(help_text="What is wrong, in plain words."),
    pointer=text(optional=True, help_text="Where in the body it stands, as a JSON pointer."),
    parameter=text(optional=True, help_text="Which parameter of the address it is."),
)

Problem = shape(
    "Problem",
    type=text(help_text="urn:concord:problem: and a short name, the same for every problem of its kind."),
    title=text(help_text="The kind in plain words."),
    status=whole(),
    detail=text(help_text="What happened this time, and what to do."),
    instance=text(help_text="The address that was asked."),
    errors=some(ErrorAt, optional=True, help_text="Of a 422: each field or parameter that cannot be used."),
    rights=some(text(), optional=True, help_text="Of a 403: the rights of which one is missing."),
    problems=serializers.ListField(child=anything(), required=False, help_text="What a verb found, each with its own parts, such as lines of a codebook."),
)  # fmt: skip


def kind_of(status: int) -> str:
    name = KINDS[status][0] if status in KINDS else "other"
    return f"urn:concord:problem:{name}"


def problem(
    status: int, title: str, message: str, instance: str, **details: object
) -> dict[str, object]:
    return {
        **details,
        "type": kind_of(status),
        "title": title,
        "status": status,
        "detail": message,
        "instance": instance,
    }
