"""States named in a text: longest names, dates, capitals and the traps of short names."""

from datetime import date

import pytest

from sources.search import mentions


@pytest.mark.parametrize(
    "text, on, expected",
    [
        ("The United States and the Republic of Korea met.", None, {2: 1, 732: 1}),
        ("Democratic People's Republic of Korea", None, {731: 1}),
        ("U.S. and UK officials; the US said so.", None, {2: 2, 200: 1}),
        ("He told us that they join us.", None, {}),
        ("JOIN US NOW", None, {}),
        ("Roast turkey on fine china, but Turkey signed with China.", None, {640: 1, 710: 1}),
        ("Papua New Guinea, Guinea-Bissau and Guinea", None, {910: 1, 404: 1, 438: 1}),
        ("Nigeria and Niger", None, {475: 1, 436: 1}),
        ("Northern Ireland and the Gulf of Mexico in New Mexico", None, {}),
        ("Germany agreed", date(1938, 1, 1), {255: 1}),
        ("West Germany and East Germany", date(1980, 1, 1), {260: 1, 265: 1}),
        ("Germany agreed", date(1980, 1, 1), {260: 1, 265: 1}),
        ("Germany agreed", None, {255: 1}),
        ("Côte d’Ivoire et l'Allemagne", None, {437: 1, 255: 1}),
        ("", None, {}),
    ],
)
def test_states_named_in_a_text(text, on, expected):
    assert dict(mentions.standard().mentioned(text, on)) == expected
