"""Copies over HTTP: what is proposed, what was confirmed, and saying so."""

from rest_framework.response import Response

from projects.rest.paging import Found, ListOf
from projects.rest.routes import Asked, Route
from projects.rest.shapes import day, flag, moment, number, of_form, shape, some, text
from sources import copies as verbs
from sources.api import PROJECT
from sources.copies import queries
from sources.copies.forms import ThresholdForm

_CONFIRMED = f"{PROJECT}copies/confirmed/"

CopyShape = shape("CopyOf", id=text(source="public_id"), external_id=text(), title=text())
Likely = shape(
    "LikelyCopy",
    id=text(source="document.public_id"),
    external_id=text(source="document.external_id"),
    title=text(source="document.title"),
    published_on=day(source="document.published_on", null=True),
    shares=number(source="containment", help_text="Of the shorter text, the most it has in common with another one here."),
    is_confirmed=flag(),
    is_representative=flag(),
)  # fmt: skip
ProposalShape = shape("CopiesProposal", members=some(Likely))
Confirmed = shape(
    "ConfirmedCopies",
    id=text(source="public_id"),
    representative=text(source="representative.public_id"),
    documents=some(text()),
    confirmed_by=text(source="confirmed_by.username", null=True),
    confirmed_at=moment(null=True),
)
Judgement = shape(
    "CopiesJudgement",
    offered=some(text(), least=1, help_text="The documents that are spoken of, by id."),
    documents=some(text(), optional=True, help_text="Those that are copies; none: they stand apart."),
    representative=text(optional=True, help_text="The one that is coded."),
)  # fmt: skip
Chosen = shape("Representative", document=text(help_text="The id of the copy that is coded."))

proposal_route = Route(f"{PROJECT}copies/", "api_copies", "documents")
confirmed_route = Route(_CONFIRMED, "api_confirmed_copies", "documents")
confirmed_one = Route(f"{_CONFIRMED}<str:public_id>/", "api_confirmed", "documents")


@proposal_route.get(ListOf(ProposalShape, key="first", page=20), needs="project.view", filters=of_form("Threshold", ThresholdForm))  # fmt: skip
def list_copies(asked: Asked):
    """Documents that are alike, for a person to judge."""
    threshold = float(asked.wanted.get("threshold") or verbs.THRESHOLD)
    groups = queries.proposed(asked.holder.project, threshold)
    rows = [{"first": str(group[0]), "group": group} for group in groups]
    return Found(
        rows,
        lambda piece: queries.shown(asked.holder.project, [row["group"] for row in piece]),
    )


@proposal_route.post(Confirmed, status=201, needs="documents.add", takes=Judgement, also={200: shape("StandApart", apart=some(text()))})  # fmt: skip
def judge_copies(asked: Asked):
    """Say that documents are copies, or that none of those offered is."""
    project = asked.holder.project
    offered = queries.documents_named(project, asked.said["offered"])
    if not asked.said.get("documents"):
        verbs.reject(project, offered, by=asked.user)
        return Response({"apart": [one.public_id for one in offered]})
    chosen = queries.documents_named(project, asked.said["documents"])
    named = asked.said.get("representative", "")
    coded = next((one for one in chosen if one.public_id == named), None)
    made = verbs.confirm(project, chosen, by=asked.user, representative=coded, apart=offered)
    return _confirmed(made)


@confirmed_route.get(ListOf(Confirmed, page=50), needs="project.view")
def list_confirmed_copies(asked: Asked):
    """Copies that a person confirmed, or that tell the same text letter for letter."""
    found = queries.confirmed(asked.holder.project)
    return Found(found, lambda piece: [_confirmed(one) for one in piece])


@confirmed_one.get(Confirmed, needs="project.view")
def read_confirmed_copies(asked: Asked, public_id: str):
    """One cluster of copies."""
    return _confirmed(queries.cluster_for(asked.holder.project, public_id))


@confirmed_one.put(Confirmed, needs="documents.add", takes=Chosen)
def represent_copies(asked: Asked, public_id: str):
    """Another of the copies is coded instead."""
    cluster = queries.cluster_for(asked.holder.project, public_id)
    [chosen] = queries.documents_named(asked.holder.project, [asked.said["document"]])
    verbs.represent(cluster, chosen, by=asked.user)
    return _confirmed(queries.cluster_for(asked.holder.project, public_id))


@confirmed_one.delete(None, needs="documents.add")
def dissolve_copies(asked: Asked, public_id: str):
    """Let the documents stand by themselves again."""
    verbs.dissolve(queries.cluster_for(asked.holder.project, public_id), by=asked.user)


def _confirmed(cluster) -> dict:
    return {
        "id": cluster.public_id,
        "representative": cluster.representative.public_id,
        "documents": [copy.document.public_id for copy in cluster.copies.all()],
        "confirmed_by": cluster.confirmed_by.username if cluster.confirmed_by else None,
        "confirmed_at": cluster.confirmed_at,
    }


ROUTES = (proposal_route, confirmed_route, confirmed_one)
