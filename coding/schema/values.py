"""One value as it was typed, sent or imported, into its canonical form, or a plain refusal.

Knows one field at a time; what fields demand of one another is `checking`. States are looked up by a
stranger handed in, so that this floor needs no list of states.
"""

import math
import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Protocol

from coding import dates
from coding.schema import currencies, grammar
from coding.schema.codebook import Field
from coding.schema.conditions import is_missing

LONGEST_TEXT = 20_000
LONGEST_NAME = 500
LARGEST_INTEGER = 2**53 - 1  # beyond it a browser no longer holds whole numbers exactly
MOST_ITEMS = 1_000
SCALES = ("units", "thousands", "millions", "billions")


class ValueInvalid(ValueError):
    """The value does not fit its field; the message says what is wrong, what is allowed, and what is near."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class State(Protocol):
    @property
    def ccode(self) -> int: ...


class States(Protocol):
    """Finds a state by COW number, abbreviation or name; raises LookupError or ValueError with a plain message."""

    def find(self, raw: Any, /, on: date | None = None) -> State: ...


def is_blank(raw: Any) -> bool:
    """Nothing was given: the field stays out of the event's values. Zero and False are something."""
    return raw is None or raw in ("", [], {}, ()) or (isinstance(raw, str) and not raw.strip())


def read_value(field: Field, raw: Any, *, states: States, on: date | None = None) -> Any:
    """The canonical form of `raw` for `field`; `on` is the day on which state names are meant.

    Canonical forms: single_choice its code, multi_choice a list of codes in codebook order, boolean 0 or 1, state a
    COW number, state_list a sorted list of them, integer an int, decimal an int or float, date EDTF, money a mapping of
    amount, currency and scale, state_integer_table a mapping of COW number as text to int, all others a text
    (event_refs a list of texts). Missing values are the texts "-9", "-8", "-7" for every kind. The number -9 means
    the same, except in integer and decimal fields, where it is a number, and in fields of text, where it is refused.
    Raises ValueInvalid.
    """
    if field.kind == "spans":
        raise ValueInvalid("this field holds marked passages and no value")
    if is_blank(raw):
        raise ValueInvalid(
            "nothing was given; a blank field is left out, and a value that is not known is coded -9"
        )
    missing = _missing_code(field, raw)
    if missing is not None:
        return _allowed_missing(field, missing)
    if field.kind in _WITH_STATES:
        return _WITH_STATES[field.kind](field, raw, lambda one: _state(one, states, on))
    return _READERS[field.kind](field, raw)


# Missing codes


def _missing_code(field: Field, raw: Any) -> str | None:
    if isinstance(raw, str):
        typed = raw.strip().replace("\u2212", "-")
        return typed if is_missing(typed) else None
    if (
        isinstance(raw, (list, tuple))
        and len(raw) == 1
        and field.kind in ("multi_choice", "state_list", "event_refs")
    ):
        return _missing_code(field, raw[0])
    if isinstance(raw, bool) or not isinstance(raw, int) or not is_missing(str(raw)):
        return None
    if any(option.code == str(raw) for option in field.options):
        return str(raw)
    if field.kind in ("single_choice", "multi_choice", "boolean", "state", "state_list", "date"):
        return None if raw in field.codes else str(raw)
    if field.kind in ("integer", "decimal"):
        return None
    raise ValueInvalid(f'{raw} is a number; a missing value is written as text: "{raw}"')


def _allowed_missing(field: Field, code: str) -> str:
    if code in field.missing or any(option.code == code for option in field.options):
        return code
    allowed = (
        f"only {' and '.join(field.missing)} can be given"
        if field.missing
        else "it always needs a value"
    )
    raise ValueInvalid(f'"{code}" (a missing value) is not allowed here; {allowed}')


# Choices


def _single_choice(field: Field, raw: Any) -> int | str:
    if isinstance(raw, (list, tuple, dict)):
        raise ValueInvalid(f"one code is expected, not {_what(raw)}; {_codes(field)}")
    return _code(field, raw)


def _multi_choice(field: Field, raw: Any) -> list[int | str]:
    chosen = {_code(field, one) for one in _items(raw, separators=";,")}
    alone = [option for option in field.options if option.alone and option.code in chosen]
    if alone and len(chosen) > 1:
        raise ValueInvalid(f'"{alone[0].code}" ({alone[0].label}) cannot stand beside other codes')
    return [code for code in field.codes if code in chosen]


def _code(field: Field, raw: Any) -> int | str:
    if is_missing(raw) or (
        isinstance(raw, int)
        and not isinstance(raw, bool)
        and is_missing(str(raw))
        and raw not in field.codes
    ):
        raise ValueInvalid(f'"{raw}" stands for the whole field and cannot stand beside codes')
    if isinstance(raw, float) and raw.is_integer():
        raw = int(raw)
    if not isinstance(raw, bool) and isinstance(raw, (int, str)):
        typed = unicodedata.normalize("NFKC", str(raw)).strip().replace("\u2212", "-")
        for code in field.codes:
            if str(code) == typed:
                return code
        for option in field.options:
            if option.label.casefold() == typed.casefold():
                raise ValueInvalid(
                    f'"{typed}" is the label of code {option.code}; write {option.code}'
                )
        known = [str(code) for code in field.codes]
        near = grammar.nearest(typed.casefold(), known) or _near_label(field, typed)
        raise ValueInvalid(f'"{_short(typed)}" is not a code of this field{near}; {_codes(field)}')
    raise ValueInvalid(f"{_what(raw)} is not a code of this field; {_codes(field)}")


def _near_label(field: Field, typed: str) -> str:
    labels = {option.label.casefold(): option for option in field.options}
    near = grammar.nearest(typed.casefold(), list(labels))
    for label, option in labels.items():
        if near and f'"{label}"' in near:
            return f' (did you mean {option.code}, "{option.label}"?)'
    return ""


def _codes(field: Field) -> str:
    listed = [f"{option.code} ({option.label})" for option in field.options]
    more = f" and {len(listed) - 12} more" if len(listed) > 12 else ""
    return "allowed are " + ", ".join(listed[:12]) + more


def _boolean(field: Field, raw: Any) -> int:
    typed = str(raw).strip().lower() if isinstance(raw, (bool, int, float, str)) else None
    if typed in ("1", "true", "yes", "1.0"):
        return 1
    if typed in ("0", "false", "no", "0.0"):
        return 0
    raise ValueInvalid(f"{_what(raw)} is neither 1 (yes) nor 0 (no)")


# States


def _state(raw: Any, states: States, on: date | None) -> int:
    if isinstance(raw, (bool, float, list, tuple, dict)) or not isinstance(raw, (int, str)):
        raise ValueInvalid(f"{_what(raw)} is no state; write its COW number, abbreviation or name")
    sought: int | str = raw.strip() if isinstance(raw, str) else raw
    if isinstance(sought, str) and len(sought) > LONGEST_NAME:
        raise ValueInvalid(
            f'"{_short(sought)}" is no state; write its COW number, abbreviation or name'
        )
    if isinstance(sought, str) and re.fullmatch(r"[0-9]{1,4}", sought):
        sought = int(sought)
    try:
        found = states.find(sought) if on is None else states.find(sought, on=on)
    except (LookupError, ValueError) as refusal:
        reason = getattr(refusal, "message", None) or (refusal.args[0] if refusal.args else "")
        raise ValueInvalid(str(reason) or f'"{sought}" is no state that is known') from None
    return int(found.ccode)


Finder = Callable[[Any], int]


def _one_state(field: Field, raw: Any, find: Finder) -> int:
    if isinstance(raw, (list, tuple)):
        raise ValueInvalid("one state is expected, not a list")
    return find(raw)


def _state_list(field: Field, raw: Any, find: Finder) -> list[int]:
    if isinstance(raw, int) and not isinstance(raw, bool):
        return [find(raw)]
    if isinstance(raw, str) and ";" not in raw and "," in raw:
        try:
            return [find(raw)]  # a name may hold a comma
        except ValueInvalid:
            return sorted({find(one) for one in _items(raw, separators=",")})
    found = set()
    for one in _items(raw, separators=";"):
        if is_missing(one if isinstance(one, str) else str(one)):
            raise ValueInvalid(f'"{one}" stands for the whole field and cannot stand beside states')
        found.add(find(one))
    return sorted(found)


def _state_integer_table(field: Field, raw: Any, find: Finder) -> dict[str, int]:
    """From a mapping of state to number, or typed as `USA: 1200; 732: 300`."""
    pairs: list[tuple[Any, Any]] = []
    if isinstance(raw, Mapping):
        pairs = list(raw.items())
    elif isinstance(raw, str):
        for one in _items(raw, separators=";\n"):
            state, sign, number = str(one).rpartition(":" if ":" in str(one) else "=")
            if not sign:
                raise ValueInvalid(f'"{_short(one)}": each line is written as state: number')
            pairs.append((state, number))
    else:
        raise ValueInvalid(f"a table of state: number is expected, not {_what(raw)}")
    if len(pairs) > MOST_ITEMS:
        raise ValueInvalid(f"at most {MOST_ITEMS} states can be listed")
    table: dict[int, int] = {}
    for state, number in pairs:
        ccode = find(state)
        if ccode in table:
            raise ValueInvalid(f'"{state}" ({ccode}) stands in the table twice')
        try:
            table[ccode] = _integer(field, number)
        except ValueInvalid as refusal:
            raise ValueInvalid(f"{state}: {refusal.message}") from None
    return {str(ccode): table[ccode] for ccode in sorted(table)}


# Numbers


def _integer(field: Field, raw: Any) -> int:
    number: int
    if isinstance(raw, int) and not isinstance(raw, bool):
        number = raw
    elif isinstance(raw, float):
        if not math.isfinite(raw):
            raise ValueInvalid("infinity and not-a-number are no numbers that can be recorded")
        if not raw.is_integer():
            raise ValueInvalid(f"{raw} is not a whole number")
        number = int(raw) if abs(raw) <= LARGEST_INTEGER else LARGEST_INTEGER + 1
    elif isinstance(raw, str):
        number = _whole(raw)
    else:
        raise ValueInvalid(f"a whole number is expected, not {_what(raw)}")
    if abs(number) > LARGEST_INTEGER:
        raise ValueInvalid(
            f"the number is too large; the largest that can be recorded is {LARGEST_INTEGER}"
        )
    return int(_within(field, number))


def _whole(raw: str) -> int:
    """Whole number as typed: 1200, 1,200 or 1 200."""
    typed = _plain_number(raw)
    if re.fullmatch(r"[-+]?\d{1,3}(?:[ ,]\d{3})+", typed):
        typed = re.sub("[ ,]", "", typed)
    if not re.fullmatch(r"[-+]?\d+(?:\.0+)?", typed):
        hint = "; decimals are not recorded here" if re.fullmatch(r"[-+]?\d+[.,]\d+", typed) else ""
        raise ValueInvalid(f'"{_short(raw)}" is not a whole number{hint}')
    if len(typed) > 40:
        raise ValueInvalid(
            f"the number is too large; the largest that can be recorded is {LARGEST_INTEGER}"
        )
    return int(typed.split(".")[0])


def _decimal(field: Field, raw: Any) -> int | float:
    number: int | float
    if isinstance(raw, (int, float)) and not isinstance(raw, bool):
        number = raw
    elif isinstance(raw, str):
        typed = _plain_number(raw)
        if re.fullmatch(r"[-+]?\d+,\d+", typed):
            raise ValueInvalid(
                f'"{_short(raw)}": write decimals with a point and no separator for thousands'
            )
        if (
            not re.fullmatch(r"[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d{1,2})?", typed)
            or len(typed) > 40
        ):
            raise ValueInvalid(f'"{_short(raw)}" is not a number')
        number = float(typed)
    else:
        raise ValueInvalid(f"a number is expected, not {_what(raw)}")
    if isinstance(number, float) and not math.isfinite(number):
        raise ValueInvalid("infinity and not-a-number are no numbers that can be recorded")
    if abs(number) > LARGEST_INTEGER:
        raise ValueInvalid(
            f"the number is too large; the largest that can be recorded is {LARGEST_INTEGER}"
        )
    return _within(field, int(number) if number == int(number) else number)


def _plain_number(raw: str) -> str:
    typed = unicodedata.normalize("NFKC", raw).strip().replace("\u2212", "-")
    return re.sub(r"\d", lambda figure: str(int(figure[0])), typed)  # figures of any script


def _within(field: Field, number: int | float) -> int | float:
    if field.minimum is not None and number < field.minimum:
        unknown = ' (unknown is written as text: "-9")' if number == -9 else ""
        raise ValueInvalid(
            f"{number} is less than {field.minimum:g}, the least that is allowed here{unknown}"
        )
    if field.maximum is not None and number > field.maximum:
        raise ValueInvalid(
            f"{number} is more than {field.maximum:g}, the most that is allowed here"
        )
    return number


def _money(field: Field, raw: Any) -> dict[str, Any]:
    """From a mapping of amount, currency and scale (units when it is left out), or typed as `150 million USD`."""
    if isinstance(raw, str):
        raw = _typed_money(raw)
    if not isinstance(raw, Mapping):
        raise ValueInvalid(f"money is an amount with currency and scale, not {_what(raw)}")
    for key in raw:
        if key not in ("amount", "currency", "scale"):
            raise ValueInvalid(f'money has amount, currency and scale, but no "{_short(key)}"')
    if is_blank(raw.get("amount")):
        raise ValueInvalid("the amount is missing")
    if is_blank(raw.get("currency")):
        raise ValueInvalid("the currency is missing; write its ISO 4217 code, such as USD")
    scale = raw.get("scale") or "units"
    if not isinstance(scale, str) or scale not in SCALES:
        raise ValueInvalid(
            f'"{_short(scale)}" is no scale{grammar.nearest(str(scale), SCALES)}; it is one of {", ".join(SCALES)}'
        )
    return {
        "amount": _decimal(field, raw["amount"]),
        "currency": _currency(raw["currency"]),
        "scale": scale,
    }


def _currency(raw: Any) -> str:
    typed = raw.strip().upper() if isinstance(raw, str) else str(raw)
    if typed in currencies.ALL:
        return typed
    raise ValueInvalid(
        f'"{_short(raw)}" is no ISO 4217 currency code{grammar.nearest(typed, sorted(currencies.ALL))}; write for instance USD, EUR, DEM'
    )


_SCALE_WORDS = {
    "": "units", "k": "thousands", "m": "millions", "mn": "millions", "mio": "millions", "bn": "billions", "b": "billions",
    **{word: word for word in SCALES}, **{word[:-1]: word for word in SCALES},
}  # fmt: skip


def _typed_money(raw: str) -> dict[str, Any]:
    typed = _plain_number(raw)
    found = re.fullmatch(
        r"(?:([A-Za-z]{3})\s*)?([-+]?[\d.,]*\d)\s*([A-Za-z]*?)\s*(?:\b([A-Za-z]{3}))?", typed
    )
    if not found or bool(found[1]) == bool(found[4]) or found[3].lower() not in _SCALE_WORDS:
        raise ValueInvalid(
            f'"{_short(raw)}" is not understood; write amount, scale and ISO 4217 currency, such as 150 million USD'
        )
    amount = found[2]
    if re.fullmatch(r"[-+]?\d{1,3}(?:,\d{3})+(?:\.\d+)?", amount):
        amount = amount.replace(",", "")
    return {
        "amount": amount,
        "currency": found[1] or found[4],
        "scale": _SCALE_WORDS[found[3].lower()],
    }


# Texts, references, dates


def _text(field: Field, raw: Any) -> str:
    if not isinstance(raw, str):
        raise ValueInvalid(f"a text is expected, not {_what(raw)}")
    return _clean(raw, LONGEST_TEXT)


def _name(field: Field, raw: Any) -> str:
    if (
        isinstance(raw, int)
        and not isinstance(raw, bool)
        and field.kind in ("treaty_ref", "event_ref")
    ):
        raw = str(raw)
    if not isinstance(raw, str):
        raise ValueInvalid(f"a text is expected, not {_what(raw)}")
    return " ".join(_clean(raw, LONGEST_NAME).split())


def _event_refs(field: Field, raw: Any) -> list[str]:
    return list(dict.fromkeys(_name(field, one) for one in _items(raw, separators=";,")))


def _clean(raw: str, longest: int) -> str:
    """Composed characters, plain line ends, no outer blanks; what a database or a file cannot hold is refused."""
    if len(raw) > longest:
        raise ValueInvalid(f"the text has {len(raw):,} characters; at most {longest:,} are allowed")
    for place, sign in enumerate(raw):
        if (
            (ord(sign) < 32 and sign not in "\t\n\r")
            or ord(sign) == 127
            or 0xD800 <= ord(sign) <= 0xDFFF
        ):
            raise ValueInvalid(
                f"the text holds a character that cannot be recorded (U+{ord(sign):04X}, at place {place + 1})"
            )
    text = unicodedata.normalize("NFC", raw.replace("\r\n", "\n").replace("\r", "\n")).strip()
    if not text:
        raise ValueInvalid("the text is empty")
    return text


def _date(field: Field, raw: Any) -> str:
    if isinstance(raw, int) and not isinstance(raw, bool):
        raw = str(raw)
    if not isinstance(raw, str):
        raise ValueInvalid(f"a date is expected, not {_what(raw)}")
    try:
        return dates.read(raw).edtf
    except dates.DateInvalid as refusal:
        raise ValueInvalid(refusal.message) from None


# Shared by the readers


def _items(raw: Any, separators: str) -> list[Any]:
    """The items of a list, or of a text in which they are separated."""
    if isinstance(raw, str):
        items: list[Any] = [
            part.strip() for part in re.split(f"[{separators}]", raw) if part.strip()
        ]
        if not items:
            raise ValueInvalid(f'"{_short(raw)}" holds no value')
    elif isinstance(raw, (list, tuple)):
        items = list(raw)
    elif isinstance(raw, int):
        items = [raw]
    else:
        raise ValueInvalid(f"a list is expected, not {_what(raw)}")
    if len(items) > MOST_ITEMS:
        raise ValueInvalid(f"at most {MOST_ITEMS} values can be listed")
    return items


def _what(raw: Any) -> str:
    if raw is None:
        return "nothing"
    if isinstance(raw, bool):
        return "true" if raw else "false"
    if isinstance(raw, Mapping):
        return "a mapping"
    if isinstance(raw, (list, tuple)):
        return "a list"
    return f'"{_short(raw)}"'


def _short(raw: Any) -> str:
    try:
        text = str(raw)
    except ValueError:  # a whole number with more figures than Python will print
        return "a number with too many figures"
    return text if len(text) <= 60 else text[:57] + "..."


_WITH_STATES: dict[str, Callable[[Field, Any, Finder], Any]] = {
    "state": _one_state,
    "state_list": _state_list,
    "state_integer_table": _state_integer_table,
}
_READERS: dict[str, Callable[[Field, Any], Any]] = {
    "single_choice": _single_choice,
    "multi_choice": _multi_choice,
    "boolean": _boolean,
    "integer": _integer,
    "decimal": _decimal,
    "money": _money,
    "date": _date,
    "text": _text,
    "organisation": _name,
    "non_state_actor": _name,
    "treaty_ref": _name,
    "event_ref": _name,
    "event_refs": _event_refs,
}
