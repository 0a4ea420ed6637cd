"""JSON as it may come in: UTF-8, whatever a header says."""

import json
from typing import Any

from rest_framework.exceptions import ParseError
from rest_framework.parsers import JSONParser
from rest_framework.utils.json import strict_constant


class PlainJSONParser(JSONParser):
    def parse(self, stream: Any, media_type: Any = None, parser_context: Any = None) -> Any:
        try:
            return json.loads(stream.read().decode(), parse_constant=strict_constant)
        except ValueError as error:
            raise ParseError(f"JSON parse error - {error}") from None
