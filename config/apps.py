import gc

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "config"

    def ready(self) -> None:
        gc.freeze()  # what is loaded stays: no look for garbage goes through it again and again
        gc.enable()
        from config import tasks  # noqa: F401, PLC0415 - registers what runs for this app's kinds
