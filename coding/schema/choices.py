"""Choices: codes as the codebook writes them, never labels; and yes or no."""

import unicodedata
from typing import Any

from coding.schema import grammar
from coding.schema.codebook import Field
from coding.schema.conditions import is_missing
from coding.schema.refusals import ValueInvalid, items, short, what


def single_choice(field: Field, raw: Any) -> int | str:
    if isinstance(raw, (list, tuple, dict)):
        raise ValueInvalid(f"one code is expected, not {what(raw)}; {_codes(field)}")
    return _code(field, raw)


def multi_choice(field: Field, raw: Any) -> list[int | str]:
    chosen = {_code(field, one) for one in items(raw, separators=";,")}
    alone = [option for option in field.options if option.alone and option.code in chosen]
    if alone and len(chosen) > 1:
        raise ValueInvalid(f'"{alone[0].code}" ({alone[0].label}) cannot stand beside other codes')
    return [code for code in field.codes if code in chosen]


def boolean(field: Field, raw: Any) -> int:
    typed = str(raw).strip().lower() if isinstance(raw, (bool, int, float, str)) else None
    if typed in ("1", "true", "yes", "1.0"):
        return 1
    if typed in ("0", "false", "no", "0.0"):
        return 0
    raise ValueInvalid(f"{what(raw)} is neither 1 (yes) nor 0 (no)")


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
        raise ValueInvalid(f'"{short(typed)}" is not a code of this field{near}; {_codes(field)}')
    raise ValueInvalid(f"{what(raw)} is not a code of this field; {_codes(field)}")


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
