"""The web server's own log lines, in the form of all others."""

import logging.config
from typing import Any

from django.conf import settings
from gunicorn.glogging import Logger


class ServerLog(Logger):  # type: ignore[misc]  # gunicorn carries no types
    def setup(self, cfg: Any) -> None:
        super().setup(cfg)
        logging.config.dictConfig(settings.LOGGING)
        for log in (self.error_log, self.access_log):
            log.handlers.clear()
            log.propagate = True
