"""`manage.py migrate`: as Django has it, but an empty database gets its tables in one go."""

from django.core.management.commands import migrate
from django.db import connections
from django.db.migrations.loader import MigrationLoader

from config import blank


class Command(migrate.Command):
    requires_system_checks = ()  # they load every page; made below where there is a history to walk

    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.add_argument("--skip-checks", action="store_true", help="Skip system checks.")
        parser.add_argument(
            "--history",
            action="store_true",
            help="walk every migration, in an empty database too, instead of laying the tables they end in",
        )

    def handle(self, *args, history=False, **options):
        asked = ("app_label", "check_unapplied", "plan", "prune", "fake", "fake_initial", "run_syncdb")  # fmt: skip
        if not history and not any(options.get(name) for name in asked):
            connection = connections[options["database"]]
            connection.prepare_database()
            if blank.lay(connection):
                if options["verbosity"] >= 1:
                    self.stdout.write("The empty database was given its tables.")
                loader = MigrationLoader(connection)
                if not loader.graph.nodes.keys() - loader.applied_migrations.keys():
                    return
        if not options["skip_checks"]:
            self.check(databases=[options["database"]])
        super().handle(*args, **options)
