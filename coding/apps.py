from django.apps import AppConfig


class CodingConfig(AppConfig):
    name = "coding"

    def ready(self) -> None:
        from coding import tasks  # noqa: F401, PLC0415 - registers what runs for this app's kinds
