"""Codings in the formats of other tools. Pure: values in, bytes out, and back.

`codings` is the one value between them; `offsets`, `wording`, `regions`, `anchoring`, `objects` are what formats share;
`concord`, `web_annotation`, `label_studio`, `doccano`, `webanno` are one format each; `spreadsheets` reads hand-coded tables.
What a format cannot hold is said by its LOSSES in words, and by `held` for each coding.
"""

from coding.exchange.formats import FORMATS, Format

__all__ = ["FORMATS", "Format"]
