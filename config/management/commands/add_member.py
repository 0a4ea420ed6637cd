"""`manage.py add_member SLUG USER --roles coder`: take a person into a project, or change their roles."""

from django.db import transaction

from config.street import StreetCommand, Told, acting
from projects import members
from projects.models import User
from projects.refusals import Invalid
from projects.roles import ROLES


class Command(StreetCommand):
    help = (
        "Take a person into a project. A user who does not exist yet is made, without a password."
    )

    def add_arguments(self, parser):
        parser.add_argument("project", metavar="SLUG")
        parser.add_argument("user", metavar="USER", help="user name")
        parser.add_argument("--roles", required=True, help=f"comma-separated: {', '.join(ROLES)}")
        parser.add_argument("--label", default="", help="what others see of the person, such as C1")

    def walk(self, *, project, user, roles, label, by, **options):
        holder = acting(project, "project.manage", by)
        person = User.objects.filter(username=user).first()
        made = person is None
        if person is None:
            if (
                not user.isascii()
                or not user.replace("_", "").replace("-", "").replace(".", "").isalnum()
            ):
                raise Invalid("A user name is letters, digits, dots, hyphens and underscores.")
            person = User(username=user)
            person.set_unusable_password()
        wanted = [role.strip() for role in roles.split(",") if role.strip()]
        with transaction.atomic():
            if made:
                person.save()
            membership = members.add(
                holder.project, person, roles=wanted, by=holder.user, label=label
            )
        lines = [f"{user} is {membership.label} in {project}: {', '.join(membership.roles)}."]
        if made:
            lines.append(
                f"User {user} was made; `manage.py changepassword {user}` lets them sign in."
            )
        return Told(
            lines,
            {
                "project": project,
                "user": user,
                "label": membership.label,
                "roles": membership.roles,
                "made": made,
            },
        )
