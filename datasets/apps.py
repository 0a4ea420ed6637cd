from django.apps import AppConfig


class DatasetsConfig(AppConfig):
    name = "datasets"

    def ready(self) -> None:
        from datasets import blackening, tasks  # noqa: F401, PLC0415 - register what they do when they are called for
