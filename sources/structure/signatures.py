"""Where the words of signing begin, at the start of a line or after a sentence in it."""

import re

_WITNESS = (
    r"in\s+(?:witness|faith|testimony)\s+(?:whereof|thereof|of\s+which)|en\s+(?:fe|testimonio)\s+de\s+lo\s+cual|en\s+foi\s+de\s+quoi|"
    r"в\s+удостоверение\s+чего|em\s+fé\s+do\s+que|in\s+fede\s+di\s+che|zu\s+urkund\s+dessen|ten\s+blijke\s+waarvan|以昭信守|为此|兹"
)
_DONE = r"(?:done|fait|hecho|feito|fatto|geschehen|gedaan|совершено)(?:\s*,)?\s+(?:(?:and\s+signed\s+)?(?:at|in|on|this|à|a|en|em|zu|te|в|the)\b|\.\.|\w+\s+the\b)"
_SIGNED = (
    r"(?:signed|dated|opened\s+for\s+signature|initialled)\s+(?:at|in|on|this|for\s+and\s+on\s+behalf)\b|"
    r"for\s+(?:and\s+on\s+behalf\s+of\s+)?the\s+(?:government|republic|kingdom)\b(?=[^.;]{0,80}$)|\((?:signed|sgd\.?)\)"
)
_AT_START = re.compile(
    rf"^[\s“\"*_]*(?P<words>{_WITNESS}|{_DONE}|{_SIGNED})", re.IGNORECASE | re.MULTILINE
)
# In the middle of a line only with a capital, after the end of a sentence.
_MIDLINE = re.compile(
    rf"(?<=[.;:!?”\"*\]])\s*(?P<words>(?=[A-ZВСЕ])(?:(?i:{_WITNESS})|(?i:{_DONE})))"
)


def begins(body: str, start: int, end: int) -> int | None:
    """The offset in body[start:end] at which the signature block begins, None where there is none."""
    found = [
        match.start("words")
        for pattern in (_AT_START, _MIDLINE)
        for match in [pattern.search(body, start, end)]
        if match
    ]
    return min(found, default=None)
