"""The diagnosis export: every alpha and kappa of a run computed again from its files alone, by libraries that are not ours."""

import csv
import io
import math
import zipfile
from collections import Counter, defaultdict
from datetime import date
from itertools import combinations
from random import Random

import krippendorff
import numpy as np
import pytest
from django.core.management import call_command
from django.urls import reverse
from sklearn.metrics import cohen_kappa_score
from statsmodels.stats.inter_rater import fleiss_kappa

from coding.models import Assignment
from projects import jobs
from projects.access import pass_for
from projects.refusals import NotAllowed, WrongState
from reconciliation import diagnosis, figure_queries, runs
from reconciliation.models import Run
from reconciliation.selecting import Selection
from tests.reconciliation.samples import SILENT, event, hand_in, reconciled, send_back, table

pytestmark = pytest.mark.django_db


def codings(seed=7, documents=10):
    """Three coders who mostly agree, about kinds of fields of every level; the same each time."""
    draw = Random(seed)

    def seen(truth, line):
        if draw.random() < 0.12:
            return None
        said = dict(truth)
        for name, others in (
            ("kind", ["EX", "MA", "TO"]), ("status", [1, 4, "-9"]), ("weight", [1, 2, 3]), ("troops", [0, 150, 900]),
            ("provider", [[2], [2, 200], [365]]), ("topics", [["land"], ["sea", "air"], []]),
            ("start", ["1951", "1952-03", "1951-06-15"]), ("third", [[220], [220, 255]]),
        ):  # fmt: skip
            if draw.random() < 0.2:
                said[name] = draw.choice(others)
        kind = said.pop("kind")
        if kind != "EX":
            said.pop("troops")
        values = {name: value for name, value in said.items() if value != [] or name == "topics"}
        return event(kind, line=line, **{n: v for n, v in values.items() if v != []})

    found = {}
    for n in range(documents):
        truths = [
            {
                "kind": draw.choice(["EX", "EX", "MA"]), "status": draw.choice([1, 4]), "weight": draw.choice([1, 2, 3]),
                "troops": draw.choice([100, 500, 1000]), "provider": draw.choice([[2], [2, 200]]),
                "topics": draw.choice([["land"], ["land", "sea"]]), "start": draw.choice(["1951-06-14", "1955-02"]),
                "third": draw.choice([[220], [255]]),
            }
            for _ in range(1 + n % 3)
        ]  # fmt: skip
        found[f"d{n:02}"] = {
            label: [one for k, truth in enumerate(truths) if (one := seen(truth, 3 * k))] or SILENT
            for label in ("C1", "C2", "C3")
        }
    return found


def unpacked(raw):
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        return {
            name.removesuffix(".csv"): list(
                csv.DictReader(io.StringIO(archive.read(name).decode()))
            )
            for name in archive.namelist()
            if name.endswith(".csv")
        }


# --- computing again, from the files alone


class Elsewhere:
    """The figures of an export, by other hands: nothing of `reconciliation` is called here."""

    def __init__(self, files):
        self.files = files
        self.level = {row["field"]: row["level"] for row in files["fields"]}
        self.tau = float({r["name"]: r["value"] for r in files["run"]}["tau"])
        self.units = defaultdict(lambda: defaultdict(dict))
        self.fine = defaultdict(lambda: defaultdict(dict))
        for row in files["values"]:
            unit = (row["document"], row["group"])
            read = _READ[self.level[row["field"]]]
            self.units[row["field"]][unit][row["coder"]] = read(row["value"])
            if row["precision"]:
                self.fine[row["field"]][unit][row["coder"]] = int(row["precision"])

    def of(self, figure):
        """The value of one row of figures.csv, or None where it has none."""
        name, field = figure["coefficient"], figure["field"]
        if not field:
            return self._of_events(figure)
        units = self.units[field].values()
        level = self.level[field]
        if name == "krippendorff_alpha" and level == "date":
            middles = [{c: sum(v) / 2 for c, v in unit.items()} for unit in units]
            return _alpha(middles, "interval")
        if name == "krippendorff_alpha":
            return _alpha(units, level)
        if name == "alpha_masi":
            return _alpha(units, _masi)
        if name == "alpha_jaccard":
            return _alpha(units, lambda a, b: 1 - _jaccard(a, b))
        if name == "alpha_date_overlap":
            return _alpha(units, self._days_apart)
        if name == "alpha_date_precision":
            return _alpha(self.fine[field].values(), "ordinal")
        if name == "percent_agreement":
            return _percent(units)
        if name == "fleiss_kappa":
            return _fleiss(units)
        if name.startswith(("cohen_kappa", "weighted_kappa")):
            return _cohen(units, name.rpartition("_")[2] if "weighted" in name else None)
        return NotImplemented

    def _days_apart(self, a, b):
        gap = max(a[0], b[0]) - min(a[1], b[1])
        if gap > 0:
            return min(1.0, 0.25 + 0.75 * gap / self.tau)
        shared = min(a[1], b[1]) - max(a[0], b[0]) + 1
        return 0.25 * (1 - shared / (max(a[1], b[1]) - min(a[0], b[0]) + 1))

    def _of_events(self, figure):
        name = figure["coefficient"]
        read = {(r["document"], r["coder"]) for r in self.files["codings"] if r["counts"] == "1"}
        events = {(r["document"], r["event"]): r for r in self.files["events"]}
        if name in ("alpha_document_presence", "alpha_document_counts"):
            count = Counter((r["document"], r["coder"]) for r in events.values())
            units = defaultdict(dict)
            for document, coder in read:
                n = count[document, coder]
                units[document][coder] = n if name.endswith("counts") else str(int(n > 0))
            return _alpha(units.values(), "ratio" if name.endswith("counts") else "nominal")
        if name in ("precision", "recall", "f1"):
            return self._found(figure, read, events)
        if name == "character_dice":
            return self._dice(figure, read, events)
        return NotImplemented

    def _found(self, figure, read, events):
        one, other = figure["subject"].split("-")
        group = {
            (r["document"], r["event"]): r["group"]
            for r in self.files["groups"]
            if r["alignment"] == "all terms"
        }
        both = {d for d, c in read if c == one} & {d for d, c in read if c == other}
        sides = {}
        for label in (one, other):
            sides[label] = {
                group[key]: row["type"]
                for key, row in events.items()
                if row["coder"] == label and row["document"] in both
            }
        counts = []
        for label, against in ((one, other), (other, one)):
            own = [g for g, kind in sides[label].items() if figure["type"] in ("", kind)]
            counts.append((len(own), sum(g in sides[against] for g in own)))
        (n_one, hit_one), (n_other, hit_other) = counts
        above, below = {
            "precision": (hit_other, n_other),
            "recall": (hit_one, n_one),
            "f1": (hit_one + hit_other, n_one + n_other),
        }[figure["coefficient"]]
        return above / below if below else None

    def _dice(self, figure, read, events):
        one, other = figure["subject"].split("-")
        both = {d for d, c in read if c == one} & {d for d, c in read if c == other}
        marked = {one: set(), other: set()}
        for row in self.files["spans"]:
            coder = events[row["document"], row["event"]]["coder"]
            if coder in marked and row["document"] in both:
                marked[coder] |= {
                    (row["document"], at) for at in range(int(row["start"]), int(row["end"]))
                }
        total = len(marked[one]) + len(marked[other])
        return 2 * len(marked[one] & marked[other]) / total if total else None


def _span(text):
    return tuple(date.fromisoformat(day).toordinal() for day in text.split("/"))


def _set(text):
    return frozenset() if text == "{}" else frozenset(text.split(";"))


_READ = {
    "nominal": str,
    "ordinal": float,
    "interval": float,
    "ratio": float,
    "set": _set,
    "date": _span,
}


def _jaccard(a, b):
    return len(a & b) / len(a | b) if a | b else 1.0


def _masi(a, b):
    if a == b:
        return 0.0
    how = 0 if not a & b else 2 / 3 if a < b or b < a else 1 / 3
    return 1 - how * _jaccard(a, b)


def _alpha(units, level):
    """Krippendorff's alpha by the library of that name; `level` may be a distance of two values."""
    paired = [unit for unit in units if len(unit) > 1]
    values = sorted({v for unit in paired for v in unit.values()}, key=repr)
    if len(values) < 2:
        return None
    coders = sorted({c for unit in paired for c in unit})
    if level in ("ordinal", "interval", "ratio"):
        of = {value: float(value) for value in values}
    else:
        of = {value: float(n) for n, value in enumerate(values)}
    data = [[of[u[c]] if c in u else np.nan for u in paired] for c in coders]
    if not callable(level):
        return krippendorff.alpha(reliability_data=data, level_of_measurement=level)
    distances = np.array([[level(a, b) for b in values] for a in values])

    def metric(v1, v2, i1, i2, n_v, dtype=np.float64):
        return distances[v1.astype(int), v2.astype(int)]

    return krippendorff.alpha(reliability_data=data, level_of_measurement=metric)


def _percent(units):
    shares = [
        np.mean([a == b for a, b in combinations(unit.values(), 2)])
        for unit in units
        if len(unit) > 1
    ]
    return float(np.mean(shares)) if shares else None


def _fleiss(units):
    units = list(units)
    most = max(len(unit) for unit in units)
    full = [unit for unit in units if len(unit) == most]
    values = sorted({v for unit in full for v in unit.values()})
    if most < 2 or len(values) < 2:
        return None
    return fleiss_kappa([[list(u.values()).count(v) for v in values] for u in full])


def _cohen(units, weights):
    units = list(units)
    one, other = sorted({c for unit in units for c in unit})
    labels = sorted({v for unit in units for v in unit.values()})
    both = [(u[one], u[other]) for u in units if len(u) == 2]
    if not both:
        return None
    a, b = ([labels.index(v) for v in column] for column in zip(*both, strict=True))
    kappa = cohen_kappa_score(a, b, labels=range(len(labels)), weights=weights)
    return None if math.isnan(kappa) else kappa


# What no library computes is told apart: the unitizing family, event sets, Gwet's, ICC, differences and shares.
OURS_ALONE = {
    "event_set_alpha", "u_alpha", "bar_u_alpha", "cu_alpha", "cu_coverage", "ku_alpha", "ku_coverage", "gwet_ac1",
    "gwet_ac2_linear", "gwet_ac2_quadratic", "icc", "mean_absolute_difference",
}  # fmt: skip


def compared(files):
    elsewhere = Elsewhere(files)
    checked, left = Counter(), set()
    for figure in files["figures"]:
        again = elsewhere.of(figure)
        if again is NotImplemented:
            left.add(figure["coefficient"])
            continue
        told = float(figure["value"]) if figure["value"] else None
        assert (told is None) == (again is None), figure
        if told is not None:
            assert told == pytest.approx(again, abs=1e-9), figure
            checked[figure["coefficient"]] += 1
    return checked, left


def test_every_alpha_and_kappa_is_found_again_from_the_files_alone() -> None:
    made = table(codings())
    run = reconciled(made)

    files = unpacked(diagnosis.packed(run))
    checked, left = compared(files)

    assert left <= OURS_ALONE
    assert set(checked) == {
        "krippendorff_alpha", "alpha_masi", "alpha_jaccard", "alpha_date_overlap", "alpha_date_precision",
        "percent_agreement", "fleiss_kappa", "alpha_document_presence", "alpha_document_counts", "precision", "recall",
        "f1", "character_dice",
    }  # fmt: skip
    assert min(checked.values()) >= 1 and sum(checked.values()) > 40

    # Two of the coders alone: Cohen's, and the same files of a choice, which has no board.
    runs_job = jobs.see_through(
        runs.measure(made.round, Selection(coders=("C1", "C2")), by=made.pi, replicates=10)
    )
    assert runs_job.state == "done", runs_job.error
    choice = Run.every.get(round=made.round, is_whole=False)
    files = unpacked(diagnosis.packed(choice))
    checked, left = compared(files)

    assert left <= OURS_ALONE
    assert {"cohen_kappa", "weighted_kappa_linear", "weighted_kappa_quadratic"} <= set(checked)
    assert "positions" not in files
    assert {row["coder"] for row in files["events"]} == {"C1", "C2"}
    # The whole round's run stays the one that boards and releases speak of.
    assert runs.latest(made.round) == run


FEW = {
    "d1": {"C1": [event(status=1)], "C2": [event(status=4)]},
    "d2": {"C1": [event(line=2)], "C2": SILENT},
}


def test_positions_have_a_column_for_each_coder_with_state_and_decision() -> None:
    run = reconciled(table(FEW, labels=("C1", "C2")))

    rows = unpacked(diagnosis.packed(run))["positions"]

    status = next(r for r in rows if (r["document"], r["field"]) == ("d1", "status"))
    assert status == {
        "document": "d1", "group": "1", "type": "EX", "field": "status", "state": "differs", "decision": "",
        "reason": "", "C1": "1", "C2": "4",
    }  # fmt: skip
    found = next(r for r in rows if (r["document"], r["field"]) == ("d2", "@event"))
    assert (found["state"], found["C1"], found["C2"]) == ("unmatched", "1", "0")


def test_the_same_run_gives_the_same_bytes_and_changed_codings_none() -> None:
    made = table(FEW, labels=("C1", "C2"))
    run = reconciled(made)
    assert diagnosis.packed(run) == diagnosis.packed(Run.objects.get(pk=run.pk))

    send_back(made, "d1", "C1")

    with pytest.raises(WrongState, match="has changed since run 1"):
        diagnosis.packed(run)


def test_who_still_codes_in_the_round_does_not_get_what_others_handed_in(client) -> None:
    made = table({**FEW, "d3": {"C1": [event()], "C2": None}}, labels=("C1", "C2"))
    reconciled(made)
    coder = made.coders["C2"]
    coder.roles = ["coder", "adjudicator"]
    coder.save()
    client.force_login(coder.user)
    address = reverse("diagnosis_zip", args=[made.round.project.slug, made.round.public_id])

    assert client.get(address).status_code == 403
    with pytest.raises(NotAllowed):
        figure_queries.require_all_codings(pass_for(coder.user, coder.project.slug))
    page = client.get(reverse("figures", args=[made.round.project.slug, made.round.public_id]))
    assert page.status_code == 200
    assert address not in page.content.decode()

    hand_in(made, "d3", "C2", SILENT)
    assert Assignment.objects.filter(coder=coder).exclude(state="submitted").count() == 0
    reconciled(made)
    assert client.get(address)["Content-Type"] == "application/zip"


def test_the_command_writes_the_same_file(tmp_path, capsys) -> None:
    made = table(FEW, labels=("C1", "C2"))
    run = reconciled(made)
    out = tmp_path / "diagnosis.zip"

    call_command("diagnose", made.round.project.slug, round="Round one", out=str(out))

    assert out.read_bytes() == diagnosis.packed(run)
    assert "Run 1 of round “Round one” is written to" in capsys.readouterr().out
