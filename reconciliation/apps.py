from django.apps import AppConfig


class ReconciliationConfig(AppConfig):
    name = "reconciliation"

    def ready(self) -> None:
        from reconciliation import blackening, tasks  # noqa: F401, PLC0415 - register what they do when they are called for
