"""Formulae as typed to MathML; what is not known is refused."""

import pytest

from config.help.formulae import BadFormula, mathml, plain


def inside(source):
    return mathml(source).removeprefix("<math><semantics>").partition("<annotation")[0]


@pytest.mark.parametrize(
    ("typed", "drawn"),
    [
        ("n", "<mi>n</mi>"),
        (r"\alpha", "<mi>α</mi>"),
        ("D_o", "<msub><mi>D</mi><mi>o</mi></msub>"),
        (r"\delta^2", "<msup><mi>δ</mi><mn>2</mn></msup>"),
        ("x_i^2", "<msubsup><mi>x</mi><mi>i</mi><mn>2</mn></msubsup>"),
        (r"\sum_{c, k}", "<munder><mo>∑</mo><mrow><mi>c</mi><mo>,</mo><mi>k</mi></mrow></munder>"),
        (
            r"\frac{1}{n - 1}",
            "<mfrac><mn>1</mn><mrow><mi>n</mi><mo>−</mo><mn>1</mn></mrow></mfrac>",
        ),
        ("a < b", "<mrow><mi>a</mi><mo>&lt;</mo><mi>b</mi></mrow>"),
        (r"\text{AC}", "<mtext>AC</mtext>"),
    ],
)
def test_what_is_typed_is_drawn(typed, drawn):
    assert inside(typed) == drawn


@pytest.mark.parametrize("typed", [r"\nosuch", "{a", "a}", "a_", "a__b", r"\frac{1}", "a ~ b"])
def test_what_is_not_known_is_refused(typed):
    with pytest.raises(BadFormula):
        mathml(typed)


def test_what_was_typed_stays_with_a_formula_of_its_own_line():
    assert mathml("a < b", block=True) == (
        '<math display="block"><semantics><mrow><mi>a</mi><mo>&lt;</mo><mi>b</mi></mrow>'
        '<annotation encoding="application/x-tex">a &lt; b</annotation></semantics></math>'
    )


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        (r"m_u \ge 2", "m_u ≥ 2"),
        (r"\frac{D_o}{D_e}", "D_oD_e"),
        (r"\sum_{\text{groups}} (\theta - d)", "∑_groups (θ - d)"),
    ],
)
def test_a_formula_is_found_by_its_signs(typed, words):
    assert plain(typed) == words
