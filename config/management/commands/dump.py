"""`manage.py dump`: what two installations are compared by: of every table and of the files, count and checksum."""

from config.keeping import dumps
from config.street import StreetCommand, Told


class Command(StreetCommand):
    help = (
        "Print of every table, and of the stored files, how many there are and the hash of all. Two installations with "
        "the same lines hold the same, whichever database they stand in."
    )

    def walk(self, **options):
        told = dumps.dump()
        return Told([f"{name} {words}" for name, words in told.items()], {"tables": told})
