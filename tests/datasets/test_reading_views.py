"""Pages for readers: what anybody may see and when, tables, the way from a cell to its passages, comparing, coverage."""

import pytest
from django.urls import reverse

from coding.models import Round
from datasets import coverage, releases
from projects.refusals import Invalid
from reconciliation import adjudication
from tests.datasets import scenes
from tests.reconciliation.assessment_samples import study

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("all_formats")]


@pytest.fixture
def made():
    return scenes.settled()


def text(client, name, *args, status=200, **asked) -> str:
    answer = client.get(reverse(name, args=args), asked)
    assert answer.status_code == status, answer.content[:500]
    return answer.content.decode()


def reveal(made) -> None:
    Round.objects.filter(project=made.round.project).update(state=Round.State.REVEALED)


def test_a_published_version_stands_open_only_when_asked_and_when_nobody_is_blind(
    client, made
) -> None:
    slug = made.round.project.slug
    release = scenes.published(made)
    page = reverse("landing", args=[slug, "0.1.0"])
    places = (
        page,
        reverse("newest_release", args=[slug]),
        reverse("open_zip", args=[slug, "0.1.0"]),
        reverse("open_file", args=[slug, "0.1.0", "codings.csv"]),
        reverse("open_table", args=[slug, "0.1.0"]) + "?table=directed_dyad_year",
        reverse("open_variables", args=[slug, "0.1.0"]),
        reverse("open_trace", args=[slug, "0.1.0"])
        + "?table=directed_dyad_year&column=ex_n&ccode1=2&ccode2=200&year=1951",
    )

    def statuses():
        found = []
        for place in places:
            answer = client.get(place)
            found.append(answer.status_code)
            b"".join(answer)
        return found

    reveal(made)
    assert statuses() == [404] * 7
    releases.open_to_all(made.round.project, is_public=True, by=made.pi.user)
    assert statuses() == [200, 302, 200, 200, 200, 200, 200]
    table, variables, trace = (client.get(place).content.decode() for place in places[4:])
    assert f'href="{reverse("open_trace", args=[slug, "0.1.0"])}?' in table
    assert "gwcode1" in variables and f'href="{page}"' in variables
    # A stranger reads the passages; the documents themselves stay the project's.
    assert "It took place." in trace and "<q>" in trace and "#:~:text=" not in trace
    assert reverse("releases", args=[slug]) not in trace
    Round.objects.filter(pk=made.round.pk).update(state=Round.State.OPEN)
    assert statuses() == [404] * 7
    reveal(made)
    scenes.built(made, "0.2.0")
    assert client.get(reverse("landing", args=[slug, "0.2.0"])).status_code == 404
    releases.withdraw(release, by=made.pi.user, reason="A wrong date.")
    assert "A wrong date." in client.get(page).content.decode()
    assert client.get(places[1]).status_code == 404


def test_the_public_page_cites_and_names_its_files(client, made) -> None:
    draft = scenes.draft(made)
    releases.describe(
        draft,
        by=made.pi.user,
        creators=["Doe, Jane; U of S"],
        licence="CC-BY-4.0",
        changes="All new.",
    )
    release = scenes.published(made)
    releases.set_doi(release, "10.1234/abc", by=made.pi.user)
    releases.open_to_all(made.round.project, is_public=True, by=made.pi.user)
    reveal(made)

    shown = text(client, "landing", made.round.project.slug, "0.1.0")

    for words in (
        "Doe, Jane",
        "U of S",
        "CC-BY-4.0",
        "All new.",
        "https://doi.org/10.1234/abc",
        "codebook.pdf",
        release.manifest_sha256,
    ):
        assert words in shown, words
    assert made.coders["C1"].user.username not in shown


def test_a_cell_leads_to_its_passages_coders_and_decisions(client, made) -> None:
    release = scenes.published(made)
    client.force_login(made.pi.user)
    slug = made.round.project.slug

    table = text(client, "release_table", slug, release.version, table="directed_dyad_year")
    assert "column=ex_n" in table and "column=coverage" not in table
    shown = text(
        client, "release_trace", slug, release.version, table="directed_dyad_year", column="ex_n",
        ccode1="2", ccode2="200", year="1951",
    )  # fmt: skip
    assert "I00001" in shown and "It took place." in shown and "#:~:text=" in shown
    assert "C1, C2" in shown
    missing = {"table": "directed_dyad_year", "column": "ex_n", "ccode1": "2", "year": "1800"}
    assert "no such row or column" in text(
        client, "release_trace", slug, release.version, status=404, **missing
    )
    assert "no such table" in text(
        client, "release_table", slug, release.version, status=404, table="x"
    )
    assert "is no value of year" in text(
        client,
        "release_table",
        slug,
        release.version,
        status=404,
        table="directed_dyad_year",
        year="abc",
    )


def test_a_judgement_leads_to_its_reason_and_a_zero_to_the_search_that_found_nothing(
    client,
) -> None:
    made = scenes.judged()
    release = scenes.built(made)
    client.force_login(made.pi.user)
    place = (made.round.project.slug, release.version)
    row = {"table": "directed_dyad_year", "ccode1": "2", "ccode2": "740"}

    def traced(**asked) -> str:
        return text(client, "release_trace", *place, **asked)

    # Judged: the reason, who judged, and what it relies on; a year without incidents has its judgement all the same.
    table = text(client, "release_table", *place, **row)
    assert "column=ex_promised" in table and "column=coverage" in table and "column=ma_n" in table
    shown = traced(**row, year="1961", column="ex_fulfilled")
    assert "As the papers of 1961 say." in shown and "EX 1961, 2 to 740" in shown
    assert "Nothing stands behind" not in shown and "PI</td>" in shown
    member = {"table": "codes/member_state_year", "alliance_ref": "XYZ-1960", "year": "1964"}
    for ccode, column in (("2", "ex_additional_given"), ("740", "ex_additional_received")):
        told = traced(**member, ccode=ccode, column=column)
        assert "As the papers of 1964 say." in told and "papers of 1961" not in told
    assessed = text(client, "release_table", *place, table="codes/assessments")
    assert "column=promised" in assessed
    one = {
        "alliance": "XYZ-1960",
        "event_type": "EX",
        "year": "1963",
        "ccode1": "2",
        "ccode2": "740",
    }
    assert "papers of 1963" in traced(table="codes/assessments", column="promised", **one)

    # Zero: the search; without one, nothing is said to stand behind.
    zero = traced(**row, year="1964", column="ma_n")
    assert "All papers of both capitals." in zero and "<h3>Passages</h3>" not in zero
    assert "All papers of both capitals." in traced(**row, year="1964", column="coverage")
    found = traced(**row, year="1962", column="ma_n")
    assert "<h3>Passages</h3>" in found and "MA of 1962-06" in found


def test_variables_are_found_by_words(client, made) -> None:
    scenes.published(made)
    client.force_login(made.pi.user)

    shown = text(
        client, "release_variables", made.round.project.slug, "0.1.0", q="gleditsch provider"
    )

    assert "gwcode1" in shown and "incident_ids" not in shown


def test_two_versions_are_compared_on_a_page(client, made) -> None:
    scenes.published(made)
    adjudication.decide(made.position("troops"), by=made.pi, value=501, reason="The annex.")
    scenes.published(made, "0.1.1")
    client.force_login(made.pi.user)

    shown = text(client, "compare_releases", made.round.project.slug)

    assert "<del>500</del> <ins>501</ins>" in shown and "by PI: The annex." in shown


def test_searched_years_are_declared_and_taken_back(client, made) -> None:
    client.force_login(made.pi.user)
    place = reverse("coverage", args=[made.round.project.slug])
    said = {"alliance": "", "first_year": 1960, "last_year": 1959, "search_log": "All."}

    assert "first year comes after the last" in client.post(place, said).content.decode()
    assert client.post(place, said | {"last_year": 1961}).status_code == 302
    shown = client.get(place).content.decode()
    assert "1960 to 1961" in shown
    number = made.round.project.searched_years.get().pk
    client.post(reverse("take_back_coverage", args=[made.round.project.slug, number]))
    assert "No search is declared complete" in client.get(place).content.decode()


def test_a_search_before_an_alliance_had_two_members_is_refused_in_words() -> None:
    made = study()
    project, by = made.round.project, made.pi.user
    said = {"alliance": "XYZ-1960", "search_log": "All.", "by": by}

    with pytest.raises(Invalid, match="fewer than two members in these years"):
        coverage.declare(project, first_year=1950, last_year=1959, **said)
    with pytest.raises(Invalid, match="no alliance “ABC”"):
        coverage.declare(project, first_year=1960, last_year=1961, **said | {"alliance": "ABC"})
    assert coverage.declare(project, first_year=1950, last_year=1960, **said).last_year == 1960


def test_a_waiver_and_a_description_are_given_on_pages(client, made) -> None:
    release = scenes.built(made)
    client.force_login(made.pi.user)
    slug = made.round.project.slug

    assert "Waive with a reason" in text(client, "release", slug, "0.1.0")
    answer = client.post(
        reverse("waive_check", args=[slug, "0.1.0"]), {"check": "open_conflicts", "reason": "So."}
    )
    assert answer.status_code == 302
    said = {
        "creators": "Doe, Jane\nThe Institute", "licence": "CC0-1.0", "released_on": "2026-03-01", "description": "What.",
        "publisher": "", "address": "", "changes": "New.", "year_rule": "most", "span_rule": "every",
    }  # fmt: skip
    wrong = client.post(
        reverse("describe_release", args=[slug, "0.1.0"]), said | {"creators": ";x"}
    )
    assert wrong.status_code == 422 and "names nobody" in wrong.content.decode()
    assert client.post(reverse("describe_release", args=[slug, "0.1.0"]), said).status_code == 302
    release.refresh_from_db()
    assert (release.creators, release.span_rule) == (["Doe, Jane", "The Institute"], "every")
    assert release.waivers.get().by_label == "PI"
