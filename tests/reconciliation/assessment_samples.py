"""A small study with yearly judgements: two pacts, a treaty that promises exercises, and acts under it and beyond."""

from typing import Any

from reconciliation import adjudication
from sources import alliance_lists
from sources.search import log
from sources.search.finding import Wanted
from tests.reconciliation.samples import Table, aligned_table, event

BOOK = """\
codebook: {id: pacts, title: Book of pacts, version: 1.0.0, language: en, temporal_scope: {from: "1958-01-01", to: "1972-12-31"}}
common_attributes:
  - {name: event_type, label: Event type, type: single_choice, level: nominal, options_from: event_types}
  - {name: title, label: Title, type: text, level: none, rule: first_coder}
  - {name: provider, label: Provider, type: state_list}
  - {name: recipient, label: Recipient, type: state_list}
  - {name: reciprocal, label: Reciprocal, type: boolean}
  - {name: alliance_ref, label: Alliance, type: treaty_ref}
  - {name: commitment_basis, label: Basis, type: single_choice, skip_for: [TO], options: [{code: 1, label: treaty}, {code: 2, label: other}, {code: 3, label: additional}]}
  - {name: fulfilment, label: Fulfilment, type: single_choice, skip_for: [TO], options: [{code: 0, label: "no"}, {code: 1, label: partly}, {code: 2, label: "yes"}]}
  - {name: status, label: Status, type: single_choice, skip_for: [TO], options: [{code: 1, label: planned}, {code: 4, label: done}]}
  - {name: start, label: Start, type: date}
  - {name: end, label: End, type: date}
  - {name: evidence, label: Passages, type: spans, from_any_field: true}
event_types:
  - {code: EX, label: Joint exercise, family: seven, definition: Units practise together.}
  - {code: MA, label: Military aid, family: seven, definition: Giving.}
  - code: TO
    label: Treaty
    family: treaty
    definition: New text.
    attributes:
      - {name: to_instrument, label: Instrument, type: single_choice, options: [{code: 1, label: treaty}, {code: 4, label: aid agreement}, {code: 7, label: notice}]}
      - {name: to_promises, label: Promises, type: multi_choice, options: [{code: EX, label: exercises}, {code: MA, label: aid}, {code: none, label: none, alone: true}]}
      - {name: to_promise_articles, label: Articles, type: text}
      - {name: to_in_force, label: In force, type: date}
      - {name: to_ends, label: Ended, type: date}
assessment_records:
  types: [EX, MA]
"""

# XYZ-1960 joins a patron (2) and, until the end of 1970, a protege (740); TRI-1958 has three members.
ALLIANCES = """\
reference,name,atop_id,kind,start,end,source,member,from,to,role
XYZ-1960,Treaty of patron and protege,,defence,1960-01-19,,Series 1,USA,,,patron
XYZ-1960,,,,,,,Japan,1960-02-01,1970-12-31,protege
TRI-1958,Pact of three,3100,defence,1958-01-01,1962-12-31,Series 2,USA,,,
TRI-1958,,,,,,,AUL,,,
TRI-1958,,,,,,,NEW,,1960-06-30,
"""


def treaty(**values: Any) -> dict[str, Any]:
    given = {
        "title": "Treaty of mutual help", "alliance_ref": "XYZ-1960", "reciprocal": 0, "to_instrument": 1,
        "to_promises": ["EX"], "to_promise_articles": "Article 3", "to_in_force": "1960-01-19", "start": "1960-01-19",
    }  # fmt: skip
    return event("TO", **{**given, **values})


def act(type_code: str = "EX", **values: Any) -> dict[str, Any]:
    given = {"title": f"{type_code} of {values.get('start', '1962')}", "reciprocal": 0, "status": 4}
    return event(type_code, **{**given, **values})


def study(**documents: dict[str, Any]) -> Table:
    """Documents of one event each, every event settled; without any, the usual four."""
    found = documents or {
        "treaty": treaty(),
        "yes": act(start="1962-05-03", commitment_basis=1, fulfilment=2),
        "no": act(start="1963", commitment_basis=1, fulfilment=0),
        "more": act("MA", start="1962-06", commitment_basis=3),
    }
    made = aligned_table({name: {"C1": [one]} for name, one in found.items()}, source=BOOK)
    adjudication.accept_agreed(made.groups(), by=made.pi, singles=True)
    alliance_lists.load(
        made.round.project, ALLIANCES.encode(), by=made.pi.user, filename="pacts.csv", is_whole=True
    )
    return made


def searched(made: Table, **said: Any) -> str:
    """A search that is kept; its id."""
    return log.keep(made.round.project, Wanted(**said), by=made.pi.user).public_id
