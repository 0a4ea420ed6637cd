"""`manage.py reset_link USER`: a link to a new password, for whoever no manager can help."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse

from projects import people
from projects.models import User


class Command(BaseCommand):
    help = "Print a link by which a person sets a new password, once. A link made before is void."

    def add_arguments(self, parser):
        parser.add_argument("user", metavar="USER", help="user name")
        parser.add_argument(
            "--without-second-factor",
            action="store_true",
            help="take the second factor away too: phone and recovery codes are lost",
        )

    def handle(self, *, user, without_second_factor, **options):
        person = User.objects.filter(username=user, is_active=True).first()
        if person is None:
            raise CommandError(f"Nobody signs in as “{user}”.")
        made = people.make_reset_link(person, by=None, without_second_factor=without_second_factor)
        address = reverse("new_password", args=[made.key])
        self.stdout.write(f"{settings.PUBLIC_URL}{address}")
        self.stderr.write(f"Good once and for {people.RESET_HOURS} hours.")
