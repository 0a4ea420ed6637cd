"""A reading as JSON and back, to pass between processes: plain data, so that nothing in it can run.

Word boxes travel packed. How the processes are started and limited is `isolated`'s.
"""

import base64
import json
from typing import Any

from . import packing
from .values import Block, Furniture, Metadata, PageRead, ReadText, Unreadable


def dump(read: ReadText) -> str:
    return json.dumps(
        {
            "body": read.body,
            "blocks": [[block.kind, block.start, block.end, block.level] for block in read.blocks],
            "pages": [_page(page) for page in read.pages],
            "metadata": [getattr(read.metadata, name) for name in Metadata.__slots__],
            "warnings": read.warnings,
            "reader": read.reader,
            "reader_version": read.reader_version,
            "parameters": dict(read.parameters),
        }
    )


def dump_refusal(refusal: Unreadable) -> str:
    return json.dumps({"unreadable": [refusal.code, refusal.reason]})


def load(text: str | bytes) -> ReadText:
    """The value `dump` was given, word boxes rounded to their unit. Raises what `dump_refusal` was given."""
    data: dict[str, Any] = json.loads(text)
    if "unreadable" in data:
        raise Unreadable(*data["unreadable"])
    return ReadText(
        body=data["body"],
        blocks=tuple(Block(*block) for block in data["blocks"]),
        pages=tuple(_loaded_page(page) for page in data["pages"]),
        metadata=Metadata(*data["metadata"]),
        warnings=tuple(data["warnings"]),
        reader=data["reader"],
        reader_version=data["reader_version"],
        parameters=data["parameters"],
    )


def _page(page: PageRead) -> list[Any]:
    packed = packing.packed(page)
    furniture = [
        [item.kind, item.text, item.x0, item.top, item.width, item.height]
        for item in page.furniture
    ]
    return [
        page.number, page.start, page.end, page.width, page.height, page.rotation, list(page.crop_box),
        base64.b64encode(packed).decode("ascii"), furniture, page.state,
    ]  # fmt: skip


def _loaded_page(data: list[Any]) -> PageRead:
    number, start, end, width, height, rotation, crop_box, packed, furniture, state = data
    x0, y0, x1, y1 = crop_box
    return PageRead(
        number, start, end, width, height, rotation, (x0, y0, x1, y1),
        packing.PageWords(base64.b64decode(packed), start=start, width=width, height=height),
        tuple(Furniture(*item) for item in furniture), state,
    )  # fmt: skip
