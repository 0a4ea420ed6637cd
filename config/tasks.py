"""What runs for the kinds of job that are nobody's part of the house but all of it."""

from typing import Any

from config.keeping import schedule
from projects.jobs import Progress, handles, regularly

regularly(schedule.ask)


@handles(schedule.KIND)
def backup(subject: str, parameters: dict[str, Any], progress: Progress) -> str:
    written = schedule.run(tell=lambda words: progress.step(message=words))
    return f"{written.path.name}: {written.rows:,} rows, {written.files:,} files. SHA-256 {written.sha256}"
