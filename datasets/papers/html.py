"""A paper as one HTML file that needs nothing else: to open from a folder, to print, to read in the dark."""

from collections.abc import Iterator
from html import escape

from datasets.papers.blocks import Block, Grid, Heading, Item, Items, Paper, Paragraph, Variable

_STYLE = """
:root { color-scheme: light dark; --ink: #1c2127; --soft: #5a6470; --line: #d8dde3; --ground: #fff; --quiet: #f4f6f8; --accent: #1f4e79 }
@media (prefers-color-scheme: dark) { :root { --ink: #e6e9ec; --soft: #a3adb8; --line: #3a424b; --ground: #16191d; --quiet: #20252b; --accent: #8fbbe6 } }
* { box-sizing: border-box }
body { margin: 0; background: var(--ground); color: var(--ink); font: 16px/1.55 Georgia, "Libertinus Serif", "Times New Roman", serif }
main { display: grid; grid-template-columns: minmax(0, 15rem) minmax(0, 46rem); gap: 3rem; max-width: 68rem; margin: 0 auto; padding: 2.5rem 1.5rem 5rem }
h1, h2, h3, h4, nav, table, .name, .code { font-family: system-ui, "Segoe UI", "Helvetica Neue", Arial, sans-serif }
header { grid-column: 1 / -1; border-bottom: 2px solid var(--ink); padding-bottom: 1rem }
h1 { font-size: 1.9rem; line-height: 1.2; margin: 0 0 .35rem }
h2 { font-size: 1.35rem; margin: 2.6rem 0 .8rem; padding-top: .6rem; border-top: 1px solid var(--line) }
h3 { font-size: 1.1rem; margin: 2rem 0 .6rem }
h4 { font-size: 1rem; margin: 1.4rem 0 .4rem }
article > :first-child { margin-top: 0; border-top: 0; padding-top: 0 }
p, ul { margin: 0 0 .8rem }
.soft, header p, footer { color: var(--soft) }
nav { font-size: .86rem; line-height: 1.45; position: sticky; top: 1.5rem; align-self: start; max-height: calc(100vh - 3rem); overflow-y: auto }
nav a { display: block; color: var(--soft); text-decoration: none; padding: .16rem 0 }
nav a:hover { color: var(--accent); text-decoration: underline }
nav .deeper { padding-left: .9rem }
.variable { margin: 1.5rem 0 .45rem; padding-top: .8rem; border-top: 1px solid var(--line) }
.name, .code { font-family: ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace; font-size: .84em; background: var(--quiet); border-radius: 3px; padding: .08em .35em }
.variable small { color: var(--soft); display: block; font-size: .84rem }
dl { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: .25rem .9rem; margin: 0 0 1rem }
dt { text-align: right } dd { margin: 0 }
.lead { font-weight: 600; margin-bottom: .25rem }
.wide { overflow-x: auto; margin: 0 0 1.2rem }
table { border-collapse: collapse; font-size: .84rem; line-height: 1.4; width: 100% }
th { text-align: left; border-bottom: 1.5px solid var(--ink); vertical-align: bottom } td { border-bottom: 1px solid var(--line); vertical-align: top }
th, td { padding: .32rem .7rem .32rem 0 } .number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap }
footer { grid-column: 1 / -1; border-top: 1px solid var(--line); padding-top: 1rem; font-size: .84rem }
@media (max-width: 60rem) { main { display: block } nav { position: static; max-height: none; margin: 1rem 0 2rem } }
@media print { body { font-size: 10.5pt } main { display: block; padding: 0 } nav { display: none } .variable, table tr { break-inside: avoid } h2, h3 { break-after: avoid } }
"""


def written(paper: Paper) -> str:
    return "\n".join(_lines(paper)) + "\n"


def _lines(paper: Paper) -> Iterator[str]:
    yield "<!doctype html>"
    yield f'<html lang="{escape(paper.language)}">'
    yield '<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f"<title>{escape(paper.title)}</title><style>{_STYLE}</style></head>"
    yield "<body><main>"
    yield f"<header><h1>{escape(paper.title)}</h1><p>{escape(paper.subtitle)}</p></header>"
    yield '<nav aria-label="Contents">'
    for place, block in enumerate(paper.blocks):
        if isinstance(block, Heading) and block.level < 3:
            deeper = ' class="deeper"' if block.level == 2 else ""
            yield f'<a{deeper} href="#s{place}">{escape(block.text)}</a>'
    yield "</nav><article>"
    for place, block in enumerate(paper.blocks):
        yield from _block(block, place)
    yield "</article>"
    if paper.footer:
        yield f"<footer>{escape(paper.footer)}</footer>"
    yield "</main></body></html>"


def _block(block: Block, place: int) -> Iterator[str]:
    match block:
        case Heading(level, text):
            yield f'<h{level + 1} id="s{place}">{escape(text)}</h{level + 1}>'
        case Paragraph(text, lead):
            before = f"<strong>{escape(lead)}</strong> " if lead else ""
            yield f"<p>{before}{escape(text)}</p>"
        case Items(items, lead):
            if lead:
                yield f'<p class="lead">{escape(lead)}</p>'
            yield from _items(items)
        case Variable(name, label, about):
            yield (
                f'<p class="variable" id="v-{escape(name)}-{place}"><span class="name">{escape(name)}</span> '
                f"<strong>{escape(label)}</strong><small>{escape(about)}</small></p>"
            )
        case Grid():
            yield from _grid(block)


def _items(items: tuple[Item, ...]) -> Iterator[str]:
    coded = all(item.code for item in items)
    yield "<dl>" if coded else "<ul>"
    for item in items:
        label = (
            f"<strong>{escape(item.label)}</strong>"
            if item.label and item.text
            else escape(item.label)
        )
        between = ": " if item.label and item.text else ""
        told = f"{label}{between}{escape(item.text)}"
        if coded:
            yield f'<dt><span class="code">{escape(item.code)}</span></dt><dd>{told}</dd>'
        else:
            yield f"<li>{told}</li>"
    yield "</dl>" if coded else "</ul>"


def _grid(grid: Grid) -> Iterator[str]:
    def cell(tag: str, place: int, text: str) -> str:
        number = ' class="number"' if place in grid.numbers else ""
        scope = ' scope="col"' if tag == "th" else ""
        return f"<{tag}{scope}{number}>{escape(text)}</{tag}>"

    yield '<div class="wide"><table><thead><tr>'
    yield "".join(cell("th", place, text) for place, text in enumerate(grid.heading))
    yield "</tr></thead><tbody>"
    for row in grid.rows:
        yield f"<tr>{''.join(cell('td', place, text) for place, text in enumerate(row))}</tr>"
    yield "</tbody></table></div>"
