"""How log lines look: plain for a terminal, one JSON object a line for a collector of logs.

Neither form ever quotes what people typed: of an exception its kind and its places in the code are told, not its
message, which may hold a value, a passage or a row. With DEBUG on (never with others' data) messages are told, too.
"""

from __future__ import annotations

import json
import logging
import traceback
from datetime import UTC, datetime
from types import TracebackType
from typing import Any

from projects import log_marks

PLAIN, JSON = "plain", "json"
# Our own floors say what they do at the level that was set; what libraries say below INFO may quote what they read.
OURS = ("config", "projects", "sources", "coding", "reconciliation", "datasets")
ORDINARY = "concord"  # lines of ordinary work: a request answered, a job ended
FIELDS = "fields"  # the `extra` of a line that holds more than words

_Problem = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class Lines(logging.Formatter):
    """2026-01-31T12:00:00.123Z ERROR projects.jobs [job 12] words"""

    def __init__(self, *, quoting: bool = False) -> None:
        super().__init__()
        self.quoting = quoting

    def format(self, record: logging.LogRecord) -> str:
        marks = " ".join(f"{name} {value}" for name, value in log_marks.current().items())
        fields = " ".join(f"{name}={value}" for name, value in _fields(record).items())
        words = [_time(record), record.levelname, record.name, f"[{marks}]" if marks else "", record.getMessage(), fields]  # fmt: skip
        line = " ".join(word for word in words if word)
        return f"{line}\n{self.formatException(record.exc_info)}" if record.exc_info else line

    def formatException(self, ei: _Problem) -> str:  # noqa: N802 - logging's own name
        if self.quoting:
            return super().formatException(ei)
        return "\n".join(
            f"  {problem['kind']} at {' < '.join(reversed(problem['places'])) or 'no place'}"
            for problem in problems(ei[1])
        )


class JsonLines(Lines):
    """{"at": ..., "level": ..., "from": ..., "says": ..., "request": ..., "job": ..., "problems": [...]}"""

    def format(self, record: logging.LogRecord) -> str:
        told: dict[str, Any] = {
            "at": _time(record),
            "level": record.levelname,
            "from": record.name,
            "process": record.process,
            **log_marks.current(),
            "says": record.getMessage(),
            **_fields(record),
        }
        if record.exc_info:
            told["problems"] = problems(record.exc_info[1])
            if self.quoting:
                told["quoted"] = self.formatException(record.exc_info)
        return json.dumps(told, ensure_ascii=False, default=str)


def problems(error: BaseException | None) -> list[dict[str, Any]]:
    """An exception and what it came from, the last one first: kinds and places, never messages."""
    found: list[dict[str, Any]] = []
    while error is not None and len(found) < 10:
        places = traceback.extract_tb(error.__traceback__)
        found.append(
            {
                "kind": f"{type(error).__module__}.{type(error).__qualname__}",
                "places": [
                    f"{place.filename}:{place.lineno} {place.name}" for place in places[-20:]
                ],
            }
        )
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return found


def _fields(record: logging.LogRecord) -> dict[str, Any]:
    return dict(getattr(record, FIELDS, {}))


def _time(record: logging.LogRecord) -> str:
    at = datetime.fromtimestamp(record.created, UTC)
    return at.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def configuration(*, form: str, level: str, ordinary: bool, quoting: bool) -> dict[str, Any]:
    """Django's LOGGING. `ordinary` says whether requests and jobs that went well get lines, too."""
    shape = JsonLines if form == JSON else Lines
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": {"()": shape, "quoting": quoting}},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"handlers": ["stderr"], "level": "INFO" if level == "DEBUG" else level},
        "loggers": {
            **{name: {"level": level} for name in OURS},
            ORDINARY: {"level": "INFO" if ordinary else "WARNING"},
            # Its lines hold addresses, which hold ids and words that were searched for; requests.py tells of failures.
            "django.request": {"level": "CRITICAL"},
            "pdfminer": {"level": "ERROR"},
            "trafilatura": {"level": "CRITICAL"},
        },
    }
