"""Values in the order of a key, however many there are: what outgrows memory rests sorted in a nameless file.

Pure. Which key a kind of record has is said in `keys`; nothing here knows what the values mean.
"""

import os
import pickle
import tempfile
import weakref
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import fields, is_dataclass
from heapq import merge
from itertools import islice
from operator import attrgetter
from typing import Any, Generic, TypeAlias, TypeVar

T = TypeVar("T")
Key: TypeAlias = Callable[[Any], Any]

#: Values that are kept in memory before they go to the file.
HELD = 8192
_BLOCK = 256
_Place: TypeAlias = tuple[int, int]  # offset and length of a block in the file
_Run: TypeAlias = list[_Place]


class Ordered(Collection[T]):
    """Sorted values, to be gone through again and again. Made by `Sorter` or `in_order`."""

    def __init__(self, key: Key | None, count: int, values: Callable[[], Iterator[T]]) -> None:
        self.key = key
        self._count, self._values = count, values

    def __iter__(self) -> Iterator[T]:
        return self._values()

    def __len__(self) -> int:
        return self._count

    def __contains__(self, value: object) -> bool:
        return any(one == value for one in self)


class Sorter(Generic[T]):
    """Takes values in any order; `done` gives them sorted. Equal keys keep the order in which they came."""

    def __init__(self, key: Key | None = None, *, held: int | None = None) -> None:
        self._key, self._most, self._count = key, held or HELD, 0
        self._held: list[T] = []
        self._shelf: _Shelf[T] | None = None
        self._runs: list[_Run] = []

    def add(self, value: T) -> None:
        self._held.append(value)
        self._count += 1
        if len(self._held) >= self._most:
            self._put_away()

    def extend(self, values: Iterable[T]) -> None:
        for value in values:
            self.add(value)

    def done(self) -> Ordered[T]:
        if self._shelf is None:
            held = sorted(self._held, key=self._key)  # type: ignore[type-var, arg-type]
            return Ordered(self._key, self._count, lambda: iter(held))
        if self._held:
            self._put_away()
        # Merged once and for all: every later reading goes straight through one file.
        merged: _Shelf[T] = _Shelf()
        runs = [self._shelf.values(run) for run in self._runs]
        whole = merged.put(merge(*runs, key=self._key))  # type: ignore[arg-type]
        self._shelf = None
        return Ordered(self._key, self._count, lambda: merged.values(whole))

    def _put_away(self) -> None:
        self._shelf = self._shelf or _Shelf()
        self._held.sort(key=self._key)
        self._runs.append(self._shelf.put(self._held))
        self._held = []


def in_order(values: Iterable[T], key: Key | None = None) -> Ordered[T]:
    """The values sorted by `key`; what has been sorted by it already is given as it is."""
    if isinstance(values, Ordered) and values.key is key:
        return values
    sorter: Sorter[T] = Sorter(key)
    sorter.extend(values)
    return sorter.done()


def once(values: Iterable[T]) -> Iterator[tuple[T, int]]:
    """Each value of a sorted run with the times it stands there."""
    values = iter(values)
    for last in values:
        times = 1
        for value in values:
            if value != last:
                yield last, times
                last, times = value, 0
            times += 1
        yield last, times


class Joined(Generic[T]):
    """What a sorted run holds for each of many keys that are asked for in ascending order, the same one again included."""

    def __init__(self, values: Iterable[T], key: Key) -> None:
        self._values, self._key = iter(values), key
        self._next: T | None = next(self._values, None)
        self._asked: Any = None
        self._found: list[T] = []

    def of(self, key: Any) -> list[T]:
        if self._asked is None or self._asked != key:
            self._asked, self._found = key, []
            while self._next is not None and self._key(self._next) <= key:
                if self._key(self._next) == key:
                    self._found.append(self._next)
                self._next = next(self._values, None)
        return self._found


class _Shelf(Generic[T]):
    """A file without a name that holds runs of values, and goes when nobody needs it any more."""

    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile(prefix="concord-")  # noqa: SIM115 - lives as long as this
        weakref.finalize(self, self._file.close)
        self._end = 0
        self._take: Callable[[Any], Any] | None = None
        self._make: Callable[[tuple[Any, ...]], T] | None = None

    def put(self, values: Iterable[T]) -> _Run:
        run: _Run = []
        waiting = iter(values)
        while block := list(islice(waiting, _BLOCK)):
            if not self._end:
                self._learn(block[0])
            content = pickle.dumps([*map(self._take, block)] if self._take else block, protocol=5)
            self._file.write(content)
            run.append((self._end, len(content)))
            self._end += len(content)
        self._file.flush()
        return run

    def values(self, run: _Run) -> Iterator[T]:
        for offset, length in run:
            # Read by place and not by seeking: several may be going through the values at once.
            block = pickle.loads(os.pread(self._file.fileno(), length, offset))  # noqa: S301 - a file without name that this process wrote  # nosec B301
            yield from map(self._make, block) if self._make else block

    def _learn(self, first: T) -> None:
        """How a record becomes a plain tuple and back, which is written and read several times as fast."""
        if is_dataclass(first):
            kind: Any = type(first)
            self._take = attrgetter(*(field.name for field in fields(kind)))
            self._make = lambda given: kind(*given)
