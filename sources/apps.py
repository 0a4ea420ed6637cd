from django.apps import AppConfig


class SourcesConfig(AppConfig):
    name = "sources"

    def ready(self) -> None:
        from sources import tasks  # noqa: F401, PLC0415 - registers what runs for this app's kinds
