"""Formulae as they are typed (a small part of TeX) to MathML, which browsers draw without fonts or scripts.

Knows letters, numbers, signs, `_`, `^`, groups, `\\frac`, `\\sqrt`, `\\hat`, `\\bar`, `\\text` and the signs below; what it
does not know is an error, so that no page shows a formula half drawn.
"""

import re
from collections.abc import Iterator
from html import escape

SIGNS = {
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "theta": "θ", "kappa": "κ", "pi": "π", "sigma": "σ",
    "tau": "τ", "Delta": "Δ", "cdot": "·", "times": "×", "le": "≤", "ge": "≥", "ne": "≠", "in": "∈", "cap": "∩",
    "cup": "∪", "to": "→", "dots": "…", "infty": "∞", "approx": "≈", "pm": "±", "mid": "|",
}  # fmt: skip
LARGE = {"sum": "∑", "prod": "∏", "max": "max", "min": "min"}
ACCENTS = {"hat": "^", "bar": "¯"}
_OPERATORS = set("+-=<>()[]|,;:/!·×≤≥≠∈∩∪→…≈±∑∏")
_TOKEN = re.compile(r"\\text\{[^}]*\}|\\[A-Za-z]+|\\[,{}]|\d+(?:\.\d+)?|[A-Za-z]|[_^{}]|\S")


class BadFormula(ValueError):
    """A formula that this part of TeX does not hold."""


def mathml(source: str, *, block: bool = False) -> str:
    """The formula as a `math` element; what was typed stays with it for whoever copies it."""
    row = _Reader(source).row(until=None)
    display = ' display="block"' if block else ""
    typed = f'<annotation encoding="application/x-tex">{escape(source.strip())}</annotation>'
    return f"<math{display}><semantics>{row}{typed}</semantics></math>"


def plain(source: str) -> str:
    """The formula in a line of words, where nothing can be drawn: `m_u ≥ 2`."""
    words = re.sub(r"\\text\{([^}]*)\}", r"\1", source)
    words = re.sub(r"\\([A-Za-z]+)", lambda found: (SIGNS | LARGE).get(found[1], ""), words)
    return " ".join(re.sub(r"\\.|[{}]", "", words).split())


class _Reader:
    """One pass over the tokens; each method reads one thing and gives its element."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.tokens = list(_TOKEN.findall(source))
        self.at = 0

    def row(self, *, until: str | None) -> str:
        parts = list(self._scripted(until))
        if until is not None:
            self._take(until)
        return parts[0] if len(parts) == 1 else f"<mrow>{''.join(parts)}</mrow>"

    def _scripted(self, until: str | None) -> Iterator[str]:
        while self.at < len(self.tokens) and self.tokens[self.at] != until:
            name = self.tokens[self.at].lstrip("\\")
            base = self._one()
            below = above = ""
            while self.at < len(self.tokens) and self.tokens[self.at] in "_^":
                mark = self._take(self.tokens[self.at])
                if mark == "_" and not below:
                    below = self._one()
                elif mark == "^" and not above:
                    above = self._one()
                else:
                    raise BadFormula(f"two {mark} after one another in {self.source!r}")
            yield _with(base, below, above, large=name in LARGE)

    def _one(self) -> str:
        if self.at >= len(self.tokens):
            raise BadFormula(f"{self.source!r} ends too early")
        mark = self._take(self.tokens[self.at])
        if mark == "{":
            return self.row(until="}")
        if mark in "}_^":
            raise BadFormula(f"{mark} out of place in {self.source!r}")
        if mark.startswith("\\text{"):
            return f"<mtext>{escape(mark[6:-1])}</mtext>"
        if mark.startswith("\\"):
            return self._named(mark[1:])
        if mark[0].isdigit():
            return f"<mn>{mark}</mn>"
        if mark in _OPERATORS:
            return f"<mo>{escape('−' if mark == '-' else mark)}</mo>"
        if mark.isalpha():
            return f"<mi>{mark}</mi>"
        raise BadFormula(f"{mark!r} is not known in {self.source!r}")

    def _named(self, name: str) -> str:
        if name == "frac":
            return f"<mfrac>{self._one()}{self._one()}</mfrac>"
        if name == "sqrt":
            return f"<msqrt>{self._one()}</msqrt>"
        if name in ACCENTS:
            return f'<mover accent="true">{self._one()}<mo>{ACCENTS[name]}</mo></mover>'
        if name in LARGE:
            return f"<mo>{LARGE[name]}</mo>"
        if name == ",":
            return '<mspace width="0.2em"></mspace>'
        if name in "{}":
            return f"<mo>{name}</mo>"
        if name in SIGNS:
            sign = SIGNS[name]
            return f"<mo>{sign}</mo>" if sign in _OPERATORS or sign == "|" else f"<mi>{sign}</mi>"
        raise BadFormula(f"\\{name} is not known in {self.source!r}")

    def _take(self, token: str) -> str:
        if self.at >= len(self.tokens) or self.tokens[self.at] != token:
            raise BadFormula(f"{token} is missing in {self.source!r}")
        self.at += 1
        return token


def _with(base: str, below: str, above: str, *, large: bool) -> str:
    if not below and not above:
        return base
    if below and above:
        name = "munderover" if large else "msubsup"
    elif below:
        name = "munder" if large else "msub"
    else:
        name = "mover" if large else "msup"
    return f"<{name}>{base}{below}{above}</{name}>"
