"""What can be asked of a page without looking at it: names of its controls, contrast of its colours."""

import re
from pathlib import Path

from playwright.sync_api import Locator, Page

# Roles that mean nothing to a listener without a name.
NAMED = "button|checkbox|combobox|link|listbox|menuitem|option|progressbar|radio|radiogroup|region|searchbox|textbox"
_NAMELESS = re.compile(rf"^\s*- '?({NAMED})(?: \[[^\]]*\])*'?:?\s*$", re.MULTILINE)


def nameless(page: Page) -> list[str]:
    """Controls of the page that no screen reader could tell apart: the roles of those without a name."""
    return _NAMELESS.findall(page.locator("body").aria_snapshot())


Colour = tuple[float, float, float]


def colours(place: Locator) -> tuple[Colour, Colour]:
    """Colour of the text and of the ground behind it, each as red, green, blue from 0 to 1."""
    text, ground = place.evaluate(
        """element => {
          // Whatever notation a style gives, a canvas answers in bytes.
          const bytes = (colour) => {
            const canvas = new OffscreenCanvas(1, 1).getContext('2d');
            canvas.fillStyle = colour;
            canvas.fillRect(0, 0, 1, 1);
            return [...canvas.getImageData(0, 0, 1, 1).data];
          };
          let behind = element;
          while (behind.parentElement && bytes(getComputedStyle(behind).backgroundColor)[3] < 255) behind = behind.parentElement;
          return [bytes(getComputedStyle(element).color), bytes(getComputedStyle(behind).backgroundColor)];
        }"""
    )
    return tuple(byte / 255 for byte in text[:3]), tuple(byte / 255 for byte in ground[:3])


def contrast(one: Colour, other: Colour) -> float:
    """WCAG 2.2, contrast ratio: from 1 (the same) to 21 (black on white)."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: Colour) -> float:
    """WCAG 2.2, relative luminance of an sRGB colour."""
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


# -- what the rules of WCAG 2.2 AA find

_AXE = Path(__file__).parents[2] / "node_modules/axe-core/axe.min.js"
_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


def violations(page: Page) -> list[str]:
    """What axe finds on the page as it stands, in light, and of its contrasts in the dark: rule, what it asks, where.

    The driver runs it, not a script of the page, so that the page's strict policy stays in force.
    """
    if not page.evaluate("'axe' in globalThis"):
        page.evaluate(_AXE.read_text(encoding="utf-8"))
    found = _found(page, _RULES)
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")  # no colour half way
    found += [f"dark: {said}" for said in _found(page, ["color-contrast"])]
    page.emulate_media(color_scheme="light")
    return found


def _found(page: Page, rules: list[str]) -> list[str]:
    return page.evaluate(
        """async (rules) => {
          const { violations } = await axe.run(document, { runOnly: rules, resultTypes: ['violations'] });
          return violations.map(({ id, help, nodes }) =>
            `${id}: ${help}: ${nodes.slice(0, 4).map(({ target, any }) => `${target.join(' ')} ${any[0]?.message ?? ''}`).join(' | ')}`);
        }""",
        rules,
    )
