"""A paper as PDF, set by typst, which comes whole as a wheel with its fonts: no system library and no font of the machine.

The document carries no clock and no path, so the same blocks give the same bytes. What it says goes in as data; the
layout below never holds a word of it.
"""

import json
from typing import Any

from datasets.papers.blocks import Block, Grid, Heading, Items, Paper, Paragraph, Variable

_LAYOUT = """
#let paper = json(bytes(sys.inputs.paper))
#set document(title: paper.title, date: none)
#set page(
  paper: "a4", margin: (x: 24mm, top: 26mm, bottom: 24mm),
  header: context if counter(page).get().first() > 1 {
    set text(size: 8.5pt, fill: luma(90))
    grid(columns: (1fr, auto), paper.title, paper.subtitle)
    v(-7pt)
    line(length: 100%, stroke: 0.4pt + luma(170))
  },
  footer: context {
    set text(size: 8.5pt, fill: luma(90))
    grid(columns: (1fr, auto), paper.footer, counter(page).display("1 / 1", both: true))
  },
)
#set text(font: "Libertinus Serif", size: 10.5pt, lang: paper.language)
#set par(justify: true, leading: 0.62em)
#show heading: set text(weight: "semibold")
#show heading.where(level: 1): it => { v(1.1em, weak: true); text(size: 15pt, it.body); v(0.55em, weak: true) }
#show heading.where(level: 2): it => { v(1.4em, weak: true); text(size: 12.5pt, it.body); v(0.5em, weak: true) }
#show heading.where(level: 3): it => { v(1em, weak: true); text(size: 11pt, it.body); v(0.4em, weak: true) }
#let code(body) = box(fill: luma(240), inset: (x: 2.5pt), outset: (y: 2.5pt), radius: 1.5pt, text(font: "DejaVu Sans Mono", size: 8pt, body))
#let labelled(item) = {
  if item.label != "" and item.text != "" [#text(weight: "semibold", item.label): #item.text] else [#item.label#item.text]
}
#let shown(block) = {
  if block.is == "heading" { heading(level: block.level, block.text) }
  if block.is == "paragraph" { par[#if block.lead != "" { strong(block.lead); [ ] }#block.text] }
  if block.is == "items" {
    if block.lead != "" { strong(block.lead); v(-0.35em) }
    if block.items.all(item => item.code != "") {
      grid(
        columns: (auto, 1fr), column-gutter: 8pt, row-gutter: 5.5pt,
        ..block.items.map(item => (align(right, code(item.code)), par(justify: false, labelled(item)))).flatten()
      )
    } else { list(..block.items.map(labelled)) }
  }
  if block.is == "variable" {
    v(0.9em, weak: true)
    std.block(breakable: false, sticky: true, {
      line(length: 100%, stroke: 0.4pt + luma(190))
      v(-0.45em)
      [#code(block.name) #h(3pt) #strong(block.label)]
      linebreak()
      text(size: 8.5pt, fill: luma(90), block.about)
    })
  }
  if block.is == "grid" {
    set text(size: 8.5pt)
    set par(justify: false, leading: 0.5em)
    table(
      columns: if block.widths.len() > 0 { block.widths.map(share => share * 1fr) } else { block.heading.len() * (auto,) },
      inset: (x: 4pt, y: 3.4pt), stroke: (x, y) => (bottom: if y == 0 { 0.8pt } else { 0.3pt + luma(200) }),
      align: (x, y) => if block.numbers.contains(x) { right } else { left },
      table.header(..block.heading.map(cell => strong(cell))),
      ..block.rows.flatten()
    )
  }
}
#align(left, {
  text(size: 21pt, weight: "semibold", paper.title)
  linebreak()
  v(-0.4em)
  text(size: 11pt, fill: luma(80), paper.subtitle)
  v(0.2em)
  line(length: 100%, stroke: 1pt)
})
#if paper.contents {
  show outline.entry.where(level: 1): set text(weight: "semibold")
  outline(title: none, depth: 2, indent: 1.2em)
  pagebreak(weak: true)
}
#for block in paper.blocks { shown(block) }
"""
# A list of contents is for what one leafs through.
_HEADINGS_FOR_CONTENTS = 6


def written(paper: Paper) -> bytes:
    import typst  # slow library

    headings = sum(isinstance(block, Heading) and block.level < 3 for block in paper.blocks)
    content = {
        "title": paper.title,
        "subtitle": paper.subtitle,
        "footer": paper.footer,
        "language": paper.language,
        "contents": headings >= _HEADINGS_FOR_CONTENTS,
        "blocks": [_plain(block) for block in paper.blocks],
    }
    made: bytes = typst.compile(
        _LAYOUT.encode(),
        format="pdf",
        font_paths=typst.Fonts(include_system_fonts=False, include_embedded_fonts=True),
        sys_inputs={"paper": json.dumps(content, sort_keys=True)},
    )
    return made


def _plain(block: Block) -> dict[str, Any]:
    match block:
        case Heading(level, text):
            return {"is": "heading", "level": level, "text": text}
        case Paragraph(text, lead):
            return {"is": "paragraph", "text": text, "lead": lead}
        case Items(items, lead):
            told = [{"text": i.text, "code": i.code, "label": i.label} for i in items]
            return {"is": "items", "items": told, "lead": lead}
        case Variable(name, label, about):
            return {"is": "variable", "name": name, "label": label, "about": about}
        case Grid(heading, rows, numbers, widths):
            return {
                "is": "grid",
                "heading": heading,
                "rows": rows,
                "numbers": sorted(numbers),
                "widths": widths,
            }
