from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "config"

    def ready(self) -> None:
        from config import tasks  # noqa: F401, PLC0415 - registers what runs for this app's kinds
