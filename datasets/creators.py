"""Who made a dataset, as the lines a person writes: `Family, Given; affiliation; ORCID`, or the name of a body."""

import re
from dataclasses import dataclass

_ORCID = re.compile(r"(?:https?://orcid\.org/)?(\d{4}-\d{4}-\d{4}-\d{3}[\dX])")


class CreatorUnreadable(ValueError):
    """A line that names nobody, or an ORCID that is none; the message says which and why."""


@dataclass(frozen=True, slots=True)
class Creator:
    """A person (with a family name) or a body (a name alone)."""

    name: str  # as cited: "Family, Given" or the name of the body
    affiliation: str = ""
    orcid: str = ""

    @property
    def is_person(self) -> bool:
        return bool(self.given)

    @property
    def family(self) -> str:
        return self.name.partition(",")[0].strip()

    @property
    def given(self) -> str:
        return self.name.partition(",")[2].strip()

    @property
    def line(self) -> str:
        return "; ".join(part for part in (self.name, self.affiliation, self.orcid) if part)

    @property
    def orcid_address(self) -> str:
        return f"https://orcid.org/{self.orcid}" if self.orcid else ""


def read(line: str) -> Creator:
    """One line. Raises CreatorUnreadable."""
    name, *rest = (" ".join(part.split()) for part in line.split(";"))
    name = name.rstrip(",").strip()
    if not name:
        raise CreatorUnreadable(f"“{line.strip()}” names nobody.")
    affiliation = orcid = ""
    for part in filter(None, rest):
        found = _ORCID.fullmatch(part)
        if found:
            orcid = found[1]
            if not _is_orcid(orcid):
                raise CreatorUnreadable(
                    f"{orcid} is no ORCID: its last sign does not fit the others."
                )
        elif affiliation:
            raise CreatorUnreadable(
                f"“{line.strip()}” has more parts than name; affiliation; ORCID."
            )
        else:
            affiliation = part
    return Creator(name, affiliation, orcid)


def read_all(text: str) -> tuple[Creator, ...]:
    """One creator a line; empty lines are passed over."""
    return tuple(read(line) for line in text.splitlines() if line.strip())


def _is_orcid(orcid: str) -> bool:
    """Whether the check digit (ISO 7064, mod 11-2) fits."""
    signs = orcid.replace("-", "")
    total = 0
    for digit in signs[:-1]:
        total = (total + int(digit)) * 2
    return "0123456789X"[(12 - total % 11) % 11] == signs[-1]


def cited(creators: tuple[Creator, ...]) -> str:
    """The names as a reference has them: Doe, Jane, John Roe and The Institute."""
    names = [creators[0].name] if creators else []
    names += [f"{one.given} {one.family}" if one.is_person else one.name for one in creators[1:]]
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"
