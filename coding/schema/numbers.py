"""Whole and decimal numbers, and money: an amount as stated, its ISO 4217 currency and its scale."""

import math
import re
from collections.abc import Mapping
from typing import Any

from coding.schema import currencies, grammar
from coding.schema.codebook import Field
from coding.schema.refusals import ValueInvalid, is_blank, plain_number, short, what

LARGEST_INTEGER = 2**53 - 1  # beyond it a browser no longer holds whole numbers exactly

SCALES = ("units", "thousands", "millions", "billions")


def integer(field: Field, raw: Any) -> int:
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
        raise ValueInvalid(f"a whole number is expected, not {what(raw)}")
    if abs(number) > LARGEST_INTEGER:
        raise ValueInvalid(
            f"the number is too large; the largest that can be recorded is {LARGEST_INTEGER}"
        )
    return int(_within(field, number))


def decimal(field: Field, raw: Any) -> int | float:
    number: int | float
    if isinstance(raw, (int, float)) and not isinstance(raw, bool):
        number = raw
    elif isinstance(raw, str):
        typed = plain_number(raw)
        if re.fullmatch(r"[-+]?\d+,\d+", typed):
            raise ValueInvalid(
                f'"{short(raw)}": write decimals with a point and no separator for thousands'
            )
        if (
            not re.fullmatch(r"[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d{1,2})?", typed)
            or len(typed) > 40
        ):
            raise ValueInvalid(f'"{short(raw)}" is not a number')
        number = float(typed)
    else:
        raise ValueInvalid(f"a number is expected, not {what(raw)}")
    if isinstance(number, float) and not math.isfinite(number):
        raise ValueInvalid("infinity and not-a-number are no numbers that can be recorded")
    if abs(number) > LARGEST_INTEGER:
        raise ValueInvalid(
            f"the number is too large; the largest that can be recorded is {LARGEST_INTEGER}"
        )
    return _within(field, int(number) if number == int(number) else number)


def money(field: Field, raw: Any) -> dict[str, Any]:
    """From a mapping of amount, currency and scale (units when it is left out), or typed as `150 million USD`."""
    if isinstance(raw, str):
        raw = _typed_money(raw)
    if not isinstance(raw, Mapping):
        raise ValueInvalid(f"money is an amount with currency and scale, not {what(raw)}")
    for key in raw:
        if key not in ("amount", "currency", "scale"):
            raise ValueInvalid(f'money has amount, currency and scale, but no "{short(key)}"')
    if is_blank(raw.get("amount")):
        raise ValueInvalid("the amount is missing")
    if is_blank(raw.get("currency")):
        raise ValueInvalid("the currency is missing; write its ISO 4217 code, such as USD")
    scale = raw.get("scale") or "units"
    if not isinstance(scale, str) or scale not in SCALES:
        raise ValueInvalid(
            f'"{short(scale)}" is no scale{grammar.nearest(str(scale), SCALES)}; it is one of {", ".join(SCALES)}'
        )
    return {
        "amount": decimal(field, raw["amount"]),
        "currency": _currency(raw["currency"]),
        "scale": scale,
    }


def _whole(raw: str) -> int:
    """Whole number as typed: 1200, 1,200 or 1 200."""
    typed = plain_number(raw)
    if re.fullmatch(r"[-+]?\d{1,3}(?:[ ,]\d{3})+", typed):
        typed = re.sub("[ ,]", "", typed)
    if not re.fullmatch(r"[-+]?\d+(?:\.0+)?", typed):
        hint = "; decimals are not recorded here" if re.fullmatch(r"[-+]?\d+[.,]\d+", typed) else ""
        raise ValueInvalid(f'"{short(raw)}" is not a whole number{hint}')
    if len(typed) > 40:
        raise ValueInvalid(
            f"the number is too large; the largest that can be recorded is {LARGEST_INTEGER}"
        )
    return int(typed.split(".")[0])


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


def _currency(raw: Any) -> str:
    typed = raw.strip().upper() if isinstance(raw, str) else str(raw)
    if typed in currencies.ALL:
        return typed
    raise ValueInvalid(
        f'"{short(raw)}" is no ISO 4217 currency code{grammar.nearest(typed, sorted(currencies.ALL))}; write for instance USD, EUR, DEM'
    )


_SCALE_WORDS = {
    "": "units", "k": "thousands", "m": "millions", "mn": "millions", "mio": "millions", "bn": "billions", "b": "billions",
    **{word: word for word in SCALES}, **{word[:-1]: word for word in SCALES},
}  # fmt: skip


def _typed_money(raw: str) -> dict[str, Any]:
    typed = plain_number(raw)
    found = re.fullmatch(
        r"(?:([A-Za-z]{3})\s*)?([-+]?[\d.,]*\d)\s*([A-Za-z]*?)\s*(?:\b([A-Za-z]{3}))?", typed
    )
    if not found or bool(found[1]) == bool(found[4]) or found[3].lower() not in _SCALE_WORDS:
        raise ValueInvalid(
            f'"{short(raw)}" is not understood; write amount, scale and ISO 4217 currency, such as 150 million USD'
        )
    amount = found[2]
    if re.fullmatch(r"[-+]?\d{1,3}(?:,\d{3})+(?:\.\d+)?", amount):
        amount = amount.replace(",", "")
    return {
        "amount": amount,
        "currency": found[1] or found[4],
        "scale": _SCALE_WORDS[found[3].lower()],
    }
