"""JSON as it may come in: UTF-8 whatever a header says, and nothing in it that no database keeps."""

import json
from typing import Any

from rest_framework.exceptions import ParseError
from rest_framework.parsers import JSONParser
from rest_framework.utils.json import strict_constant


class KeepableJSONParser(JSONParser):
    """Refuses U+0000 and halves of surrogate pairs, which JSON can only hold as escapes."""

    def parse(self, stream: Any, media_type: Any = None, parser_context: Any = None) -> Any:
        try:
            written = stream.read().decode()
            data = json.loads(written, parse_constant=strict_constant)
        except ValueError as error:
            raise ParseError(f"JSON parse error - {error}") from None
        # Most bodies hold no escape and are not walked.
        if "\\u" in written:
            _check(data)
        return data


def _check(value: Any) -> None:
    if isinstance(value, str):
        if "\0" in value or any("\ud800" <= sign <= "\udfff" for sign in value):
            raise ParseError(
                "A text holds a character that cannot be kept (U+0000 or half of a pair)."
            )
    elif isinstance(value, list):
        for inner in value:
            _check(inner)
    elif isinstance(value, dict):
        for name, inner in value.items():
            _check(name)
            _check(inner)
