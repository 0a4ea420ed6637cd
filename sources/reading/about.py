"""What a web page says about itself: title, outlet, author, address, date, language. Proposed, never trusted.

The text of the page is `html`'s. A date is surest where the page's metadata and htmldate agree.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from . import canonical, proposals
from .proposals import Proposal
from .values import Metadata

_LONGEST_JSON = 200_000
_DATE_NAMES = (
    "article:published_time", "og:article:published_time", "og:published_time", "datepublished",
    "date", "dc.date", "dc.date.issued", "dcterms.date", "dcterms.created", "pubdate", "publishdate",
    "publish-date", "publication_date", "parsely-pub-date", "sailthru.date", "article.published",
)  # fmt: skip
_ISO = re.compile(r"^\s*(\d{4})-?(\d\d)-?(\d\d)(?!\d)")
_ARTICLES = ("NewsArticle", "Article", "ReportageNewsArticle", "BlogPosting")


def read(tree: Any) -> tuple[Metadata, tuple[str, ...]]:
    meta = _meta(tree)
    article = next(_json_articles(tree), {})
    published, warnings = _published(tree, meta, article)
    is_news = meta.get("og:type") == "article" or bool(article) or published is not None
    metadata = proposals.metadata(
        title=_title(tree, meta, article),
        outlet=_outlet(meta, article),
        published_on=published,
        author=_author(meta, article),
        address=_address(tree, meta),
        language=_language(tree, meta),
        kind="news" if is_news else None,
        kind_found_in="the page, which calls itself an article or has a date",
    )
    return metadata, warnings


def _meta(tree: Any) -> dict[str, str]:
    """The first content of each named meta element."""
    found: dict[str, str] = {}
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop")
        content = element.get("content")
        if name and content and content.strip():
            found.setdefault(name.strip().casefold(), canonical.line(content)[:1000])
    return found


def _json_articles(tree: Any) -> Iterator[dict[str, Any]]:
    for element in tree.iter("script"):
        if (element.get("type") or "").strip().casefold() != "application/ld+json":
            continue
        source = element.text or ""
        if len(source) > _LONGEST_JSON:
            continue
        try:
            data = json.loads(source, strict=False)
        except (ValueError, RecursionError):
            continue
        for thing in _things(data):
            kinds = thing.get("@type")
            named = kinds if isinstance(kinds, list) else [kinds]
            if any(kind in _ARTICLES for kind in named):
                yield thing


def _things(data: object) -> Iterator[dict[str, Any]]:
    for thing in data if isinstance(data, list) else [data]:
        if isinstance(thing, dict):
            yield thing
            graph = thing.get("@graph")
            if isinstance(graph, list):
                yield from (part for part in graph if isinstance(part, dict))


def _title(tree: Any, meta: dict[str, str], article: dict[str, Any]) -> Proposal | None:
    stated = proposals.first(
        ((meta.get("og:title") or "")[:500], "the page’s og:title"),
        ((_text(article.get("headline")) or "")[:500], "the headline in the page’s JSON-LD"),
        ((meta.get("twitter:title") or "")[:500], "the page’s twitter:title"),
    )
    if stated:
        return stated
    heads = [canonical.line(" ".join(h.itertext())) for h in tree.iter("h1")]
    heads = [head for head in heads if head]
    if len(heads) == 1:
        return Proposal(heads[0][:500], "the only main heading of the page")
    for element in tree.iter("title"):
        return proposals.first(
            (canonical.line(element.text or "")[:500], "the title in the page’s head")
        )
    return None


def _outlet(meta: dict[str, str], article: dict[str, Any]) -> Proposal | None:
    publisher = article.get("publisher")
    named = publisher.get("name") if isinstance(publisher, dict) else None
    return proposals.first(
        (meta.get("og:site_name"), "the page’s og:site_name"),
        (_text(named), "the publisher in the page’s JSON-LD"),
        (meta.get("application-name"), "the page’s application-name"),
    )


def _author(meta: dict[str, str], article: dict[str, Any]) -> Proposal | None:
    written = article.get("author")
    people = written if isinstance(written, list) else [written]
    names = [_text(p.get("name") if isinstance(p, dict) else p) for p in people]
    joined = ", ".join(name for name in names if name and not name.startswith("http"))
    if joined:
        return Proposal(joined[:300], "the author in the page’s JSON-LD")
    for name in ("author", "article:author", "dc.creator", "parsely-author", "byl"):
        stated = meta.get(name)
        if stated and not stated.startswith("http"):
            return Proposal(re.sub(r"^[Bb]y\s+", "", stated)[:300], f"the page’s {name}")
    return None


def _address(tree: Any, meta: dict[str, str]) -> Proposal | None:
    candidates = [(meta.get("og:url"), "the page’s og:url")]
    for element in tree.iter("link"):
        if (element.get("rel") or "").casefold() == "canonical":
            candidates.insert(0, (element.get("href"), "the page’s canonical link"))
    for address, where in candidates:
        if address and re.match(r"https?://[^\s]+$", address.strip()):
            return Proposal(address.strip()[:2000], where)
    return None


def _language(tree: Any, meta: dict[str, str]) -> str | None:
    for stated in (tree.get("lang"), meta.get("og:locale"), meta.get("content-language")):
        found = re.match(r"^\s*([a-zA-Z]{2,3})\b", (stated or "").replace("_", "-"))
        if found:
            return found[1].lower()
    return None


def _published(
    tree: Any, meta: dict[str, str], article: dict[str, Any]
) -> tuple[Proposal | None, tuple[str, ...]]:
    """The day the page states, else the one htmldate finds. A guessed first of January only means a year."""
    stated = _stated_date(tree, meta, article)
    guessed = _guessed_date(tree)
    if stated is None:
        if guessed is None or guessed.endswith("-01-01"):
            return None, ()
        return Proposal(guessed, "the page’s text or address, by guess"), (
            f"The date {guessed} was found in the page, not stated by it. Check it.",
        )
    if guessed and stated != guessed:
        return Proposal(stated, "the page’s metadata, which the page itself contradicts"), (
            f"The page gives two dates: {stated} (proposed) and {guessed}. Check which it is.",
        )
    return Proposal(stated, "the page’s metadata"), ()


def _stated_date(tree: Any, meta: dict[str, str], article: dict[str, Any]) -> str | None:
    candidates = [_text(article.get("datePublished"))] + [meta.get(name) for name in _DATE_NAMES]
    for element in tree.iter("time"):
        if element.get("itemprop") == "datePublished" or element.get("pubdate") is not None:
            candidates.append(element.get("datetime"))
    return next(filter(None, map(_iso, candidates)), None)


def _guessed_date(tree: Any) -> str | None:
    from copy import deepcopy

    from htmldate import find_date  # slow to import

    try:
        found = find_date(deepcopy(tree), original_date=True, extensive_search=True)
    except Exception:  # a guess is worth no failure
        return None
    return _iso(found)


def _iso(value: object) -> str | None:
    found = _ISO.match(value) if isinstance(value, str) else None
    if not found:
        return None
    try:
        day = date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        return None
    return day.isoformat() if day.year >= 1500 else None


def _text(value: object) -> str | None:
    return canonical.line(value)[:1000] or None if isinstance(value, str) else None
