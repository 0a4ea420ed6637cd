"""Measures in the form that Prometheus reads: requests, saves, jobs, queue, disk. No project, person or document is named.

Requests are counted where they are answered: `manage.py serve` gives its web processes a folder in which each keeps its
counts, and any of them adds up all (prometheus_client's multiprocess mode). A collector that reads the database could
not know them, and a row a request would cost more than the request. What the job table knows is asked of it when the
measures are read, so that it is the same from every process and every host.
"""

from __future__ import annotations

import os
from collections.abc import Iterator

from django.db import DatabaseError
from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from config.watching import health
from projects import queue

FOLDER = "PROMETHEUS_MULTIPROC_DIR"  # prometheus_client's own name for it
SAVES = frozenset({"api_operations"})
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
_STEPS = (0.005, 0.01, 0.02, 0.03, 0.05, 0.1, 0.2, 0.3, 0.5, 1, 2, 5, 10, 20)

_here = CollectorRegistry()
_requests = Counter(
    "concord_requests", "Requests answered.", ["route", "method", "status"], registry=_here
)
_seconds = Counter(
    "concord_request_seconds", "Seconds spent answering requests.", ["route"], registry=_here
)
_saves = Histogram(
    "concord_save_seconds",
    "Seconds from a coder's save reaching this process to its answer.",
    buckets=_STEPS,
    registry=_here,
)


def answered(route: str, method: str, status: int, seconds: float) -> None:
    _requests.labels(route, known_method(method), str(status)).inc()
    _seconds.labels(route).inc(seconds)
    if route in SAVES and method == "POST" and status < 400:
        _saves.observe(seconds)


def known_method(method: str) -> str:
    """A method as HTTP names it: what a stranger makes up is no label of a measure."""
    return method if method in _METHODS else "other"


class _Installation(Collector):
    """What is asked when the measures are read."""

    def collect(self) -> Iterator[Metric]:
        jobs = GaugeMetricFamily("concord_jobs", "Jobs in the table by state.", labels=["state"])
        try:
            counts, lag = queue.counts(), queue.lag()
        except DatabaseError:
            yield _gauge("concord_database_up", "Whether the database answers.", 0)
        else:
            yield _gauge("concord_database_up", "Whether the database answers.", 1)
            for state, count in counts.items():
                jobs.add_metric([state], count)
            yield jobs
            yield _gauge(
                "concord_queue_lag_seconds", "How long the oldest job waits that nobody does.", lag
            )
        disk = GaugeMetricFamily("concord_disk_free_bytes", "Free on the disk.", labels=["place"])
        for place, free in health.free_bytes().items():
            disk.add_metric([place], free)
        yield disk


def _gauge(name: str, words: str, value: float) -> Metric:
    return GaugeMetricFamily(name, words, value=value)


def exposition() -> bytes:
    """All measures: those of every web process of this server where they share a folder, else this one's own."""
    asked = CollectorRegistry()
    asked.register(_Installation())
    told = generate_latest(asked)
    if not os.environ.get(FOLDER):
        return generate_latest(_here) + told
    gathered = CollectorRegistry()
    MultiProcessCollector(gathered)  # type: ignore[no-untyped-call]
    return generate_latest(gathered) + told
