"""Projects and long work over HTTP."""

from rest_framework.decorators import api_view
from rest_framework.request import Request
from rest_framework.response import Response

from projects import access, queries
from projects.models import Job, Membership


@api_view(["GET"])
def project_list(request: Request) -> Response:
    """The projects of the person, or the one project of the token."""
    memberships = Membership.objects.filter(user=request.user, left_at=None).select_related(
        "project"
    )
    token_project = getattr(request.user, "token_project_id", None)
    if token_project:
        memberships = memberships.filter(project_id=token_project)
    return Response(
        {
            "results": [
                {
                    "slug": membership.project.slug,
                    "title": membership.project.title,
                    "label": membership.label,
                    "roles": membership.roles,
                }
                for membership in memberships.order_by("project__slug")
            ]
        }
    )


@api_view(["GET"])
def job(request: Request, slug: str, public_id: str) -> Response:
    """How a piece of long work stands. Shown to whoever may know of it."""
    holder = access.pass_for(request.user, slug)
    return Response(job_as_json(queries.visible_job_for(holder, public_id)))


def job_as_json(job: Job) -> dict:
    return {
        "id": job.public_id,
        "kind": job.kind,
        "state": job.state,
        "done": job.done,
        "total": job.total,
        "message": job.message,
        "error": job.error,
        "attempts": job.attempts,
    }
