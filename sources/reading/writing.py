"""Blocks put one after another into one body. What a block is and holds is left to the readers."""

from dataclasses import dataclass, field

from . import canonical
from .values import Block, BlockKind


@dataclass(slots=True)
class Sheaf:
    """Grows a body block by block; every block is canonical and on one line."""

    pieces: list[str] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    length: int = 0

    def add(self, kind: BlockKind, raw: str, level: int = 0) -> None:
        """White space is folded; a block without anything visible is left out."""
        text = canonical.line(raw)
        if not text:
            return
        if self.blocks:
            self.length += 1
        self.blocks.append(Block(kind, self.length, self.length + len(text), level))
        self.pieces.append(text)
        self.length += len(text)

    @property
    def body(self) -> str:
        return "\n".join(self.pieces)
