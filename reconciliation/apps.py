from django.apps import AppConfig


class ReconciliationConfig(AppConfig):
    name = "reconciliation"

    def ready(self) -> None:
        from reconciliation import tasks  # noqa: F401, PLC0415 - registers what runs for this app's kinds
