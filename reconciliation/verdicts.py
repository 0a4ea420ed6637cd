"""What a person says of one commitment in one year, with its letter and words. Pure.

Three parts, each judged or not: promised, kept, additional. A part that is not judged is None, which is neither 0
(looked for, absent) nor -9 (looked for, the sources do not tell).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace

NO, YES, PARTLY, WHOLLY, UNKNOWN = 0, 1, 1, 2, -9

# Part -> code -> words, as the codebooks that ship define them.
CODES: Mapping[str, Mapping[int, str]] = {
    "promised": {NO: "not promised", YES: "promised", UNKNOWN: "treaty text not available"},
    "kept": {NO: "not kept", PARTLY: "kept in part", WHOLLY: "kept", UNKNOWN: "sources do not tell whether it was kept"},
    "additional": {NO: "nothing additional", YES: "additional commitment given", UNKNOWN: "sources do not tell whether more was given"},
}  # fmt: skip
NOT_JUDGED = "not judged"


class VerdictInvalid(ValueError):
    """The message says in plain words what cannot be said together."""


@dataclass(frozen=True, slots=True)
class Verdict:
    promised: int | None = None
    kept: int | None = None
    additional: int | None = None

    @property
    def is_empty(self) -> bool:
        return self.promised is None and self.kept is None and self.additional is None

    @property
    def state(self) -> str:
        """One word for the colour of a cell."""
        if self.promised == YES:
            return {None: "promised", NO: "broken", PARTLY: "partly", WHOLLY: "kept"}.get(
                self.kept, "untold"
            )
        if self.promised == UNKNOWN:
            return "untold"
        if self.additional == YES:
            return "additional"
        if self.is_empty:
            return "open"
        return "untold" if self.additional == UNKNOWN and self.promised is None else "none"

    @property
    def letter(self) -> str:
        """What a cell shows: its state, and a plus where something additional was given."""
        if self.is_empty:
            return ""
        if self.promised is None:
            return {YES: "+", NO: "–"}.get(self.additional or 0, "?")
        letter = LETTERS[self.state] if self.state != "additional" else ""
        if self.state == "untold" and self.promised == YES:
            letter = "U"
        return letter + ("+" if self.additional == YES else "")

    def words(self) -> str:
        """All three parts in words; what is not judged says so."""
        told = [CODES[part][value] for part, value in asdict(self).items() if value is not None]
        if self.promised == YES and self.kept is None:
            told.insert(1, f"whether it was kept: {NOT_JUDGED}")
        return ", ".join(told) or NOT_JUDGED

    def with_parts(self, parts: Mapping[str, int | None]) -> Verdict:
        """These parts said anew, the others as they were; what is no promise cannot have been kept. Raises VerdictInvalid."""
        unknown = parts.keys() - CODES.keys()
        if unknown:
            raise VerdictInvalid(f"There is no part “{min(unknown)}” of an assessment.")
        for part, value in parts.items():
            if value is not None and (isinstance(value, bool) or value not in CODES[part]):
                raise VerdictInvalid(
                    f"“{part}” is one of {', '.join(map(str, CODES[part]))}; not {value}."
                )
        said = replace(self, **parts)
        if said.kept is not None and said.promised != YES:
            if parts.get("kept") is not None:
                raise VerdictInvalid(
                    "Only what was promised can have been kept: say first that it was promised."
                )
            said = replace(said, kept=None)
        return said


# State -> letter of a judged cell; a proposal shows the same in lower case.
LETTERS: Mapping[str, str] = {
    "kept": "K", "partly": "P", "broken": "N", "promised": "Y", "none": "0", "untold": "?",
}  # fmt: skip
