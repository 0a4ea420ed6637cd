"""`manage.py anonymise USER --reason WORDS`: close an account and take out who it was; labels and work stay."""

from django.core.management.base import BaseCommand, CommandError

from projects import people
from projects.models import User
from projects.refusals import Refused


class Command(BaseCommand):
    help = (
        "Close an account and take out name, address and ways in. The labels and all work under them stay; "
        "lines that the ledger has already keep the name the person signed in with. There is no way back."
    )

    def add_arguments(self, parser):
        parser.add_argument("user", metavar="USER", help="user name")
        parser.add_argument("--reason", required=True, help="stands in the ledger for good")

    def handle(self, *, user, reason, **options):
        person = User.objects.filter(username=user).first()
        if person is None:
            raise CommandError(f"Nobody signs in as “{user}”.")
        try:
            people.anonymise(person, by=None, reason=reason)
        except Refused as refusal:
            raise CommandError(refusal.message) from None
        self.stdout.write(f"{user} is anonymised.")
