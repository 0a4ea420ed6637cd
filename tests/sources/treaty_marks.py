"""What a person marked in treaties of the shared corpus, and how what is found is held against it.

Marks are read off the documents by eye: the labels of articles, parts and annexes in their order, whether there is
a preamble, and the words a signature block begins with. The long conventions are marked in four languages.
"""

import re
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from sources.structure import Section, Signing

ROMAN = [
    "I",
    "II",
    "III",
    "IV",
    "V",
    "VI",
    "VII",
    "VIII",
    "IX",
    "X",
    "XI",
    "XII",
    "XIII",
    "XIV",
    "XV",
    "XVI",
    "XVII",
    "XVIII",
    "XIX",
    "XX",
]
HAN = "一二三四五六七八九"


@dataclass(frozen=True)
class Marks:
    """`signature`: the first words of the block; None where the treaty has none in its text."""

    articles: list[str] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)
    annexes: list[str] = field(default_factory=list)
    preamble: bool = True
    signature: str | None = "in witness whereof"
    notes: int = 0  # notes or letters of an exchange


def upto(n: int) -> list[str]:
    return [str(number) for number in range(1, n + 1)]


def han(n: int) -> list[str]:
    def one(number: int) -> str:
        tens, ones = divmod(number, 10)
        return ("" if not tens else "十" if tens == 1 else HAN[tens - 1] + "十") + (
            HAN[ones - 1] if ones else ""
        )

    return [one(number) for number in range(1, n + 1)]


_NONE = Marks(preamble=False, signature=None)
_NOTES = Marks(preamble=False, signature=None, notes=2)
_BBNJ = Marks(upto(76), ROMAN[:12], ROMAN[:2], True, None)
_FISH = Marks(upto(50) + upto(7), ROMAN[:13], ["I", "II"])
_UNCLOS_ANNEXES = [9, 22, 13, 14, 41, 13, 5, 8]  # articles of annexes II to IX; annex I has none

MARKS: dict[str, Marks] = {
    "treaties/1944-australia-canada-mutual-aid.md": Marks(ROMAN[:11], signature="dated at ottawa"),
    "treaties/1945-macarthur-northcott.md": _NONE,
    "treaties/1949-india-bhutan.txt": Marks(ROMAN[:10], preamble=False, signature="done in duplicate"),
    "treaties/1949-north-atlantic-treaty.pdf": Marks(upto(14)),
    "treaties/1949-north-atlantic-treaty.txt": Marks(upto(14)),
    "treaties/1951-anzus-security-treaty.md": Marks(ROMAN[:11]),
    "treaties/1951-anzus-security-treaty.pdf": Marks(ROMAN[:11]),
    "treaties/1951-nato-ottawa-agreement.txt": Marks(upto(27), ROMAN[:7]),
    "treaties/1951-nato-status-of-forces.txt": Marks(ROMAN[:20], annexes=["APPENDIX"]),
    "treaties/1952-netherlands-us-korea-participation.txt": Marks(upto(9)),
    "treaties/1954-nato-accession-germany.txt": Marks(ROMAN[:3]),
    "treaties/1954-presence-foreign-forces-germany.txt": Marks(upto(4), signature="in faith whereof"),
    "treaties/1959-us-netherlands-atomic-mutual-defense.txt": Marks(ROMAN[:11]),
    "treaties/1969-netherlands-shape-afcent.txt": _NOTES,
    "treaties/1981-nato-accession-spain.txt": Marks(ROMAN[:3]),
    "treaties/1981-us-netherlands-prepositioned-materiel.txt": _NOTES,
    "treaties/1989-arab-maghreb-union.txt": Marks(upto(19), signature="done in marrakech"),
    "treaties/1996-canada-netherlands-training.txt": _NOTES,
    "treaties/2002-netherlands-kyrgyzstan-status.txt": _NOTES,
    "treaties/2003-nato-accession-estonia.txt": Marks(ROMAN[:3]),
    "treaties/2012-netherlands-uganda-training-status.txt": Marks(ROMAN[:13], signature=None, notes=2),
    "treaties/2014-netherlands-jordan-deployment.txt": Marks(upto(13)),
    "treaties/2015-benelux-renegade-air-security.txt": Marks(ROMAN[:16]),
    "treaties/2021-aukus-joint-leaders-statement.md": _NONE,
    "treaties/2023-us-japan-rok-commitment-to-consult.md": _NONE,
    "treaties/2024-us-ukraine-bilateral-security-agreement.md": Marks(
        ROMAN[:11], annexes=["Annex"], signature="done at puglia"
    ),
    "pdf/good/treaty-bbnj-agreement-2023-2023-06-19-original.pdf": _BBNJ,
    "pdf/good/treaty-bbnj-agreement-2023-2023-06-19-original.txt": _BBNJ,
    "pdf/good/treaty-bbnj-agreement-2023-es-2023-06-19-original.txt": _BBNJ,
    "pdf/hard/garbled-bbnj-agreement-2023-fr-2023-06-19-original.txt": Marks(
        ["premier", *upto(76)[1:]], ROMAN[:12], ROMAN[:2], True, None
    ),
    "pdf/hard/garbled-bbnj-agreement-2023-ru-2023-06-19-original.txt": _BBNJ,
    "pdf/hard/garbled-bbnj-agreement-2023-zh-2023-06-19-original.txt": Marks(
        han(76), han(12), ["一", "二"], True, None
    ),
    "pdf/good/treaty-fish-stocks-agreement-1995-1995-08-04-original.pdf": _FISH,
    # This file leaves out the heading of Part XI.
    "pdf/good/treaty-fish-stocks-agreement-1995-1995-08-04-original.txt": Marks(
        upto(50) + upto(7), [*ROMAN[:10], *ROMAN[11:13]], ["I", "II"]
    ),
    "pdf/good/treaty-unclos-1982-1982-12-10-original.txt": Marks(
        # Two articles of annex VI are misprinted: "Article 3l", "Article 4l".
        upto(320)
        + [
            f"{number[0]}l" if n == 41 and number in ("31", "41") else number
            for n in _UNCLOS_ANNEXES
            for number in upto(n)
        ],
        ROMAN[:17],
        ROMAN[:9],
    ),
}  # fmt: skip


@dataclass(frozen=True)
class Signed:
    """Day of signing and parties (COW codes) as a person reads them off the text itself, nothing where it does not tell.

    An exchange of notes is signed on the day of its last note. "The Parties" alone names nobody, nor does an
    organisation count as a state.
    """

    on: str | None
    parties: frozenset[int] = frozenset()


def _signed(on: str | None, *parties: int) -> Signed:
    return Signed(on, frozenset(parties))


SIGNED: dict[str, Signed] = {
    "treaties/1944-australia-canada-mutual-aid.md": _signed("1944-03-09", 20, 900),
    # A record of staffs on behalf of the United States and Australia.
    "treaties/1945-macarthur-northcott.md": _signed("1945-12-18", 2, 900),
    "treaties/1949-india-bhutan.txt": _signed("1949-08-08", 750, 760),
    "treaties/1949-north-atlantic-treaty.pdf": _signed("1949-04-04"),
    "treaties/1949-north-atlantic-treaty.txt": _signed("1949-04-04"),
    "treaties/1951-anzus-security-treaty.md": _signed("1951-09-01", 2, 900, 920),
    "treaties/1951-anzus-security-treaty.pdf": _signed("1951-09-01", 2, 900, 920),
    "treaties/1951-nato-ottawa-agreement.txt": _signed("1951-09-20"),
    "treaties/1951-nato-status-of-forces.txt": _signed("1951-06-19"),
    "treaties/1952-netherlands-us-korea-participation.txt": _signed("1952-05-15", 2, 210),
    "treaties/1954-nato-accession-germany.txt": _signed("1954-10-23"),
    "treaties/1954-presence-foreign-forces-germany.txt": _signed("1954-10-23", 2, 200, 220, 260),
    "treaties/1954-us-netherlands-offshore-procurement.txt": _signed("1954-05-07", 2, 210),
    "treaties/1959-us-netherlands-atomic-mutual-defense.txt": _signed("1959-05-06", 2, 210),
    "treaties/1969-netherlands-shape-afcent.txt": _signed("1969-06-17", 210),
    "treaties/1981-nato-accession-spain.txt": _signed("1981-12-10"),
    "treaties/1981-us-netherlands-prepositioned-materiel.txt": _signed("1981-01-15", 2, 210),
    "treaties/1989-arab-maghreb-union.txt": _signed("1989-02-17", 435, 600, 615, 616, 620),
    "treaties/1996-canada-netherlands-training.txt": _signed("1996-12-24", 20, 210),
    "treaties/2002-netherlands-kyrgyzstan-status.txt": _signed("2002-03-12", 210, 703),
    "treaties/2003-nato-accession-estonia.txt": _signed("2003-03-26"),
    "treaties/2012-netherlands-uganda-training-status.txt": _signed("2012-09-18", 210, 500),
    "treaties/2014-netherlands-jordan-deployment.txt": _signed("2014-10-02", 210, 663),
    "treaties/2015-benelux-renegade-air-security.txt": _signed("2015-03-04", 210, 211, 212),
    "treaties/2021-aukus-joint-leaders-statement.md": _signed(None, 2, 200, 900),
    "treaties/2022-us-israel-jerusalem-declaration.md": _signed("2022-07-14", 2, 666),
    "treaties/2023-us-japan-rok-commitment-to-consult.md": _signed(None, 2, 732, 740),
    "treaties/2024-us-ukraine-bilateral-security-agreement.md": _signed("2024-06-13", 2, 369),
    "pdf/good/treaty-bbnj-agreement-2023-2023-06-19-original.txt": _signed(None),
    "pdf/good/treaty-bbnj-agreement-2023-es-2023-06-19-original.txt": _signed(None),
    "pdf/good/treaty-fish-stocks-agreement-1995-1995-08-04-original.txt": _signed("1995-12-04"),
    "pdf/good/treaty-unclos-1982-1982-12-10-original.txt": _signed("1982-12-10"),
}


@dataclass(frozen=True)
class Held:
    """Of one kind: how many were marked, found, and found where they were marked."""

    marked: int = 0
    found: int = 0
    right: int = 0

    def __add__(self, other: "Held") -> "Held":
        return Held(self.marked + other.marked, self.found + other.found, self.right + other.right)

    def __str__(self) -> str:
        precision = f"{self.right / self.found:.4f}" if self.found else "undefined (none found)"
        recall = f"{self.right / self.marked:.4f}" if self.marked else "undefined (none marked)"
        return f"{self.right} right of {self.found} found, {self.marked} marked: precision {precision}, recall {recall}"


def held(body: str, sections: tuple[Section, ...], marks: Marks) -> dict[str, Held]:
    def of(*kinds: str) -> list[str]:
        return [_number(one.label) for one in sections if one.kind in kinds]

    # Sections and chapters are parts too; only the numbered Parts proper are marked.
    parts = [
        _number(one.label)
        for one in sections
        if one.kind == "part" and re.match(r"(?i)part|часть|第.+部分", one.label)
    ]
    signed = [one for one in sections if one.kind == "signature"]
    begins = body[signed[0].start :][:40].casefold() if signed else ""
    is_signed = marks.signature is not None and begins.startswith(marks.signature)
    has_preamble = any(one.kind == "preamble" for one in sections)
    return {
        "article": _sequence(marks.articles, of("article")),
        "part": _sequence(marks.parts, parts),
        "annex": _sequence(marks.annexes, of("annex")),
        "preamble": Held(
            int(marks.preamble), int(has_preamble), int(marks.preamble and has_preamble)
        ),
        "note": _sequence(upto(marks.notes), upto(len(of("note")))),
        "signature": Held(int(marks.signature is not None), len(signed), int(is_signed)),
    }


def held_signing(signing: Signing, marks: Signed) -> dict[str, Held]:
    on = signing.on.isoformat() if signing.on else None
    found = set(signing.parties)
    return {
        "day of signing": Held(
            int(marks.on is not None), int(on is not None), int(on is not None and on == marks.on)
        ),
        "party": Held(len(marks.parties), len(found), len(found & marks.parties)),
    }


def _number(label: str) -> str:
    found = re.match(rf"第?\s*(?:附件)?\s*([{HAN}十]+)", label)
    return found[1] if found else label.split()[-1]


def _sequence(marked: list[str], found: list[str]) -> Held:
    """Right is what stands in both in the same order."""
    same = SequenceMatcher(None, marked, found, autojunk=False).get_matching_blocks()
    return Held(len(marked), len(found), sum(block.size for block in same))


def summed(each: list[dict[str, Held]]) -> dict[str, Held]:
    return {kind: sum((one[kind] for one in each), Held()) for kind in each[0]}
