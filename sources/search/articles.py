"""Articles as people name them: "5", "Article V", "art. 5 bis" and 第五条 are keys that meet where they mean the same.

Pure. A single letter is a letter, except I, V and X, which may be numerals as well: they have two keys.
"""

import re
import unicodedata

from sources.structure import numbers

_NAME = re.compile(
    r"^(?:[^\W\d_]{2,}\.?[\s*_]+|art\.\s*|第\s*)(?:no\.?\s*|nr\.?\s*|№\s*)?", re.IGNORECASE
)
_AFTER_HAN = re.compile(r"\s*[条條]$")
_SOLE = re.compile(r"^(sole|single|unique|único|unico)\b", re.IGNORECASE)
LONGEST = 20


def keys(label: str) -> frozenset[str]:
    """What an article with this label, or the number somebody typed, is found by; none where no number can be read."""
    label = " ".join(label.split()).strip(" .:;,()[]")
    if sole := _SOLE.match(label):
        label = sole[1]
    bare = _AFTER_HAN.sub("", _NAME.sub("", label, count=1))
    bare = "".join(str(unicodedata.decimal(character, character)) for character in bare.strip(" ."))
    return frozenset(key for key in _keys(bare) or _keys(bare.upper()) if len(key) <= LONGEST)


def _keys(number: str) -> set[str]:
    # Suffixes are Latin words in small letters: 5 BIS is 5 bis.
    suffixed = re.fullmatch(
        r"(.+?)[\s-]*\b(bis|ter|quater|quinquies|sexies|septies|octies)", number, re.IGNORECASE
    )
    token = f"{suffixed[1].strip()} {suffixed[2].lower()}" if suffixed else number
    found: set[str] = set()
    for one in numbers.readings(token):
        if one.style == "letter":
            found.add(f"={token.upper()}")
        elif token in {"C", "D", "L", "M"}:
            continue
        else:
            joint = "." if "." in token else "-"
            found.add(one.prefix + joint.join(map(str, one.key)))
    return found
