"""Evening out what is left to do: which pieces of work nobody began change hands, as few as that takes.

Pure: documents and coders are names. Work that somebody began never moves here.
"""

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from coding.allocation import drawn


@dataclass(frozen=True)
class Move:
    """One piece of work from one coder to another."""

    document: str
    giver: str
    taker: str


def level(
    to_do: Mapping[str, int],
    loose: Iterable[tuple[str, str]],
    touched: Mapping[str, AbstractSet[str]],
    *,
    leaving: AbstractSet[str] = frozenset(),
    seed: int | str,
) -> tuple[Move, ...]:
    """Moves after which those who stay have work left that differs by at most one, as far as that can be had.

    `to_do` is what each coder has left, begun or not; `loose` are (document, coder) that nobody began; `touched` says
    who may not be given a document because they have, or had, it. Coders in `leaving` give away all that is loose
    and get nothing. A document moves at most along one chain, and what need not move stays.
    """
    state = _State(to_do, loose, touched, leaving, seed)
    for coder in sorted(leaving):
        for document in list(state.loose.get(coder, ())):
            state.send(document, coder)
    while state.step():
        pass
    return state.moves()


class _State:
    def __init__(
        self,
        to_do: Mapping[str, int],
        loose: Iterable[tuple[str, str]],
        touched: Mapping[str, AbstractSet[str]],
        leaving: AbstractSet[str],
        seed: int | str,
    ) -> None:
        self.staying = sorted(set(to_do) - set(leaving))
        self.load = dict(to_do)
        self.touched = {document: set(coders) for document, coders in touched.items()}
        self.loose: dict[str, list[str]] = {}
        self.first: dict[tuple[str, str], str] = {}  # (document, who holds it now) -> who held it
        for document, coder in sorted(loose, key=lambda one: (drawn(seed, "level", one[0]), one)):
            self.loose.setdefault(coder, []).append(document)
            self.first[document, coder] = coder

    def may(self, document: str, taker: str) -> bool:
        return taker not in self.touched.get(document, ())

    def send(self, document: str, giver: str) -> bool:
        """Give a leaving coder's document to whoever has least to do and may have it."""
        free = [coder for coder in self.staying if self.may(document, coder)]
        if not free:
            return False
        self.move(document, giver, min(free, key=lambda coder: (self.load[coder], coder)))
        return True

    def move(self, document: str, giver: str, taker: str) -> None:
        self.loose[giver].remove(document)
        self.loose.setdefault(taker, []).append(document)
        self.first[document, taker] = self.first.pop((document, giver))
        self.touched.setdefault(document, set()).add(taker)
        if self.first[document, taker] != giver:
            # Only passed through: the coder in between never had it.
            self.touched[document].discard(giver)
        self.load[giver] -= 1
        self.load[taker] += 1

    def step(self) -> bool:
        """One unit of work from who has most to who has least, through others where it must be. False when even."""
        by_load = sorted(self.staying, key=lambda coder: (-self.load[coder], coder))
        for giver in by_load:
            for taker in reversed(by_load):
                if self.load[giver] - self.load[taker] < 2:
                    break
                chain = self._chain(giver, taker)
                if chain:
                    for document, one, other in chain:
                        self.move(document, one, other)
                    return True
        return False

    def _chain(self, giver: str, taker: str) -> Sequence[tuple[str, str, str]]:
        """The shortest way for one unit of work: each step another document between two coders."""
        reached: dict[str, tuple[str, str, str] | None] = {giver: None}
        waiting = [giver]
        for one in waiting:
            for other in self.staying:
                if other in reached:
                    continue
                document = next((d for d in self.loose.get(one, ()) if self.may(d, other)), None)
                if document is None:
                    continue
                reached[other] = (document, one, other)
                waiting.append(other)
                if other == taker:
                    return self._back(reached, taker)
        return ()

    @staticmethod
    def _back(
        reached: Mapping[str, tuple[str, str, str] | None], taker: str
    ) -> Sequence[tuple[str, str, str]]:
        steps = []
        step = reached[taker]
        while step is not None:
            steps.append(step)
            step = reached[step[1]]
        return steps[::-1]

    def moves(self) -> tuple[Move, ...]:
        return tuple(
            sorted(
                (
                    Move(document, giver, taker)
                    for (document, taker), giver in self.first.items()
                    if giver != taker
                ),
                key=lambda move: (move.document, move.giver, move.taker),
            )
        )
