from django.apps import AppConfig


class CodingConfig(AppConfig):
    name = "coding"

    def ready(self) -> None:
        from coding import blackening, tasks  # noqa: F401, PLC0415 - register what they do when they are called for
