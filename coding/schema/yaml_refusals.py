"""What a YAML reader says of a text it cannot read, in words that tell a person what to do."""

from typing import Any

import yaml

# The reader's own words, and what they mostly mean to somebody who writes a codebook.
_MEANT = (
    ("found character '\\t'", "YAML is indented with spaces; there is a tab here"),
    ("mapping values are not allowed", "a colon stands where none is expected: put a text that holds “: ” in quotes, and check the indentation"),
    ("did not find expected ',' or ']'", "a list in [ ] is not closed, or a comma is missing in it"),
    ("did not find expected ',' or '}'", "a mapping in { } is not closed, or a comma is missing in it"),
    ("did not find expected key", "the indentation does not fit the lines above"),
    ("did not find expected '-' indicator", "the lines of a list must begin at the same column, each with “- ”"),
    ("found unexpected end of stream", "a quote is not closed"),
    ("could not find expected ':'", "a line is no “key: value”; a colon and a blank are missing, or the indentation is off"),
    ("found unknown escape character", "in double quotes a backslash begins an escape; write \\\\ or use single quotes"),
    ("found invalid Unicode character escape code", "the \\u escape names no character"),
    ("did not find expected <document start>", "something follows the end of the document (“...”)"),
    ("found incompatible YAML document", "the %YAML line asks for another version of YAML; leave it out"),
    ("found undefined tag handle", "an exclamation mark begins a tag, which is not read here; put the text in quotes"),
)  # fmt: skip
_STARTS = {
    "@": "a text cannot begin with “@”; put it in quotes",
    "`": "a text cannot begin with a backtick; put it in quotes",
    "%": "a text cannot begin with “%”; put it in quotes",
    "\t": "YAML is indented with spaces; there is a tab here",
}


def in_words(error: yaml.YAMLError, text: str) -> tuple[int | None, str]:
    """(line, message). The line where reading stopped; where what is not closed began is told too."""
    if isinstance(error, yaml.reader.ReaderError):
        place = error.position if isinstance(error.position, int) else 0
        sign = ord(error.character) if isinstance(error.character, str) else error.character
        line = _line_of(text, place, sign)
        return line, f"the text holds a character that cannot be kept (U+{sign:04X})"
    mark = getattr(error, "problem_mark", None)
    line = mark.line + 1 if mark else None
    said = str(getattr(error, "problem", None) or error)
    begun: Any = getattr(error, "context_mark", None)
    since = ""
    if begun is not None and mark is not None and begun.line != mark.line:
        since = f" (it began on line {begun.line + 1})"
    return line, f"the text is not YAML: {_meant(said, text, mark)}{since}"


def _meant(said: str, text: str, mark: Any) -> str:
    for words, meant in _MEANT:
        if words in said:
            return meant
    if "cannot start any token" in said and mark is not None:
        lines = text.splitlines()
        line = lines[mark.line] if mark.line < len(lines) else ""
        return _STARTS.get(line[mark.column : mark.column + 1], said)
    return said


def _line_of(text: str, place: int, sign: int) -> int | None:
    """The reader counts from where its buffer began, so the character itself is looked for."""
    at = text.find(chr(sign), min(place, len(text)) if text[place : place + 1] == chr(sign) else 0)
    return text.count("\n", 0, at) + 1 if at >= 0 else None
