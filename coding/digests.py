"""Digests: a mail that tells a person, in numbers only, what waits for them. Off unless they choose it.

Each number is of what the person's own pages show them already, so a mail tells nothing of others' work.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from coding import queries
from coding.models import Assignment, Question
from projects import jobs
from projects.access import Pass, pass_for
from projects.models import Membership, User

KIND = "coding.digest"
EVERY = {User.Digest.DAILY: timedelta(days=1), User.Digest.WEEKLY: timedelta(days=7)}


@dataclass(frozen=True)
class News:
    """Of one project, since the digest before."""

    project: str
    address: str
    documents: int
    answers: int
    questions: int

    @property
    def is_any(self) -> bool:
        return bool(self.documents or self.answers or self.questions)


def ask_for_due() -> None:
    """Ask for the digests whose time has come. Looked at twice a minute by every worker."""
    if not settings.SENDS_MAIL:
        return
    now = timezone.now()
    for often, after in EVERY.items():
        due = User.objects.filter(is_active=True, digest=often, digest_at__lte=now - after)
        for user in due.exclude(email="")[:500]:
            jobs.enqueue(KIND, user.pk, project=None, by=user)


def send(user_id: str) -> str:
    """Send one person's digest, if there is anything to tell.

    The time is taken before the mail goes, so that two workers never send it twice; should the server refuse the
    mail, the time is put back and the job tries again.
    """
    user = User.objects.filter(pk=user_id, is_active=True).exclude(digest="").first()
    if user is None or user.digest_at is None or not user.email or not settings.SENDS_MAIL:
        return "no digest is wished any more"
    since, now = user.digest_at, timezone.now()
    if now - since < EVERY[User.Digest(user.digest)]:
        return "it was sent already"
    if not User.objects.filter(pk=user.pk, digest_at=since).update(digest_at=now):
        return "another worker sends it"
    found = [one for one in news(user, since) if one.is_any]
    if not found:
        return "there was nothing to tell"
    words = render_to_string(
        "coding/mails/digest.txt",
        {"news": found, "account": settings.PUBLIC_URL + reverse("account")},
    )
    try:
        send_mail("Concord: what waits for you", words, None, [user.email])
    except OSError:  # of which every refusal of a mail server is one
        User.objects.filter(pk=user.pk, digest_at=now).update(digest_at=since)
        raise
    return "sent"


def news(user: User, since: datetime) -> list[News]:
    slugs = Membership.objects.filter(user=user, left_at=None).order_by("project__title")
    return [
        _news(pass_for(user, slug), since) for slug in slugs.values_list("project__slug", flat=True)
    ]


def _news(holder: Pass, since: datetime) -> News:
    codes = holder.allows("coding.code")
    given = queries.own_work(holder).filter(
        given_at__gt=since, state__in=Assignment.WORKABLE, round__state="open"
    )
    answered = Question.objects.filter(
        assignment__coder=holder.membership, answered_at__gt=since, read_at=None
    )
    return News(
        project=holder.project.title,
        address=settings.PUBLIC_URL + holder.project.get_absolute_url(),
        documents=given.count() if codes else 0,
        answers=answered.count() if codes else 0,
        questions=queries.waiting_questions(holder),
    )
