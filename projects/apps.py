from django.apps import AppConfig


class ProjectsConfig(AppConfig):
    name = "projects"

    def ready(self) -> None:
        from projects import tasks  # noqa: F401, PLC0415 - registers what runs for this app's kinds
