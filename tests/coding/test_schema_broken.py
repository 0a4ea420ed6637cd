"""Broken YAML of every kind: refused in plain words with the line, fast, and never with a crash."""

import time

import pytest

from coding import schema

HEAD = """\
codebook: {id: b, title: B, version: 1.0.0}
event_types:
  - {code: EX, label: Exercise, definition: D}
"""
BOMB = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{name}: &{name} [{', '.join([f'*{before}'] * 9)}]\n"
    for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("codebook:\n\tid: b\n", 2, "YAML is indented with spaces; there is a tab here"),
        (HEAD + "rules:\n\t- {condition: a}\n", 5, "there is a tab here"),
        (HEAD + "rules: [1, 2\nlists: {}\n", 5, "a list in [ ] is not closed, or a comma is missing in it (it began on line 4)"),
        (HEAD.replace("D}", "D") + "rules: []\n", 4, "a mapping in { } is not closed, or a comma is missing in it (it began on line 3)"),
        (HEAD + 'near_misses: {rule: "Talk is no event, reasons: []}\n', 5, "a quote is not closed (it began on line 4)"),
        (HEAD + "near_misses:\n  rule: Talk: no event\n", 5, "put a text that holds “: ” in quotes"),
        ("codebook:\n    id: b\n  title: B\n", 3, "the indentation does not fit the lines above"),
        ("codebook:\n  id: b\n   title: B\n", 3, "check the indentation"),
        (HEAD + "x" * 2000 + ": 1\n", 4, "a line is no “key: value”"),
        (HEAD + "near_misses: @later\n", 4, "a text cannot begin with “@”"),
        (HEAD + "near_misses: `later`\n", 4, "a text cannot begin with a backtick"),
        (HEAD + 'near_misses: {rule: "\\q"}\n', 4, "a backslash begins an escape"),
        (HEAD + 'near_misses: {rule: "\\ud800"}\n', 4, "the \\u escape names no character"),
        ("%YAML 9.9\n---\n" + HEAD, 1, "the %YAML line asks for another version"),
        (HEAD + "near_misses: !x!y z\n", 4, "is not read here"),
        (HEAD + "...\nmore\n", 5, "something follows the end of the document"),
        (HEAD + "---\n" + HEAD, 4, "more than one YAML document"),
        (HEAD + "rules: []\nrules: []\n", 5, '"rules" stands twice in the same mapping (first on line 4)'),
        (HEAD.replace("id: b,", "id: b, id: c,"), 1, '"id" stands twice'),
        (HEAD + "lists: &l {}\nrules: *l\n", 5, 'the reference "*l" is not read here'),
        (HEAD + "lists:\n  <<: {a: []}\n", 5, 'the merge key "<<" is not read here'),
        (BOMB, 2, 'the reference "*a" is not read here'),
        ("a: &a [*a]", 1, 'the reference "*a" is not read here'),
        ("codebook: !!python/object/apply:os.system [ls]\n", 1, "write plain values"),
        (HEAD.replace("title: B", "title: !!binary aGk="), 1, "write plain values"),
        (HEAD + "? [a, b]\n: 1\n", 4, "a key must be a text"),
        (HEAD + "near_misses: \0\n", 4, "a character that cannot be kept (U+0000)"),
        (HEAD + "near_misses: \x07\n", 4, "a character that cannot be kept (U+0007)"),
        (HEAD + "near_misses: \ud800\n", None, "not Unicode"),
        (HEAD + "conventions: " + "{a: " * 60 + "1" + "}" * 60, 4, "nested more than 40 deep"),
        ("[" * 100_000, 1, "nested more than 40 deep"),
        (HEAD + "lists: {a: [" + "1," * 100_001 + "]}\n", 4, "more than 100,000 entries"),
        (HEAD + "#" * 2_000_001, None, "at most 2,000,000 characters"),
        ("- a\n- b\n", 1, "a mapping is expected, not a list"),
        ("hello", 1, "a mapping is expected, not a text"),
        ("<html><body>hi</body></html>", 1, "a mapping is expected, not a text"),
        ("", None, "the text is empty"),
        ("# nothing yet\n", None, "the text is empty"),
        ("codebook:\nevent_types:\n", 1, '"codebook" is missing'),
        ("codebook: []\nevent_types: {}\n", 2, "a list is expected, not a mapping"),
        (HEAD.replace("1.0.0", "1.0"), 1, "a text is expected, not a number; put it in quotes"),
        (HEAD + "alignment: {tau: .nan}\n", 4, "a number is expected"),
        (HEAD + "alignment: {tau: 1.0e999}\n", 4, "a number is expected"),
        (HEAD + "alignment: {tau: " + "9" * 5_000 + "}\n", 4, "a number is expected"),
        (HEAD + "common_attributes: [{name: f, label: F, type: text, required: yes}]\n", 4, "true or false is expected"),
        (HEAD + "common_attributes: [{name: f, label: F, type: text, required_if: “f is set”}]\n", 4, "quotes are written straight"),
        (HEAD + "1: 2\n", 4, 'unknown key "1"'),
        (HEAD.replace("\n", "\r\n") + "oops: 1\r\n", 4, 'unknown key "oops"'),
        (HEAD.replace("\n", "\r") + "oops: 1\r", 4, 'unknown key "oops"'),
    ],
)  # fmt: skip
def test_broken_yaml_is_refused_with_its_line_in_words(text, line, words):
    begun = time.perf_counter()
    found = [(problem.line, problem.message) for problem in schema.problems_of(text)]

    assert any(at == line and words in message for at, message in found), found
    assert time.perf_counter() - begun < 10


def test_what_looks_odd_and_is_sound_is_read():
    for text in ("\ufeff" + HEAD, HEAD.replace("title: B", "title: &t B"), HEAD + "...\n"):
        assert schema.problems_of(text) == ()
