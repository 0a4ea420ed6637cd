"""Webhooks: verbs. Which addresses of a project are told what, telling them, and telling them again.

A telling names things by their ids and holds no text of a document and no coded value. How it is sent is `posting`'s.
"""

import secrets
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from projects import jobs, ledger, posting
from projects.access import Pass
from projects.models import Delivery, Project, User, Webhook
from projects.refusals import Invalid, Missing, WrongState

KIND = "projects.webhook"
EVENTS = {
    "submitted": "a coder handed a document in",
    "reconciled": "a round or a document was reconciled",
    "released": "a version was published",
}
MOST = 20  # webhooks of one project
# How long after each failed attempt the next one comes; after the last the telling is given up.
BACKOFF = tuple(
    timedelta(seconds=seconds) for seconds in (30, 120, 600, 3_600, 6 * 3_600, 24 * 3_600)
)


def register(project: Project, *, address: str, events: Iterable[str], by: User) -> Webhook:
    """Tell an address from now on. Its secret signs what is sent, and is shown this once."""
    address, chosen = address.strip(), sorted(set(events))
    unknown = [event for event in chosen if event not in EVENTS]
    if unknown or not chosen:
        raise Invalid(f"Choose what is told: {', '.join(EVENTS)}.")
    posting.check_address(address)
    with transaction.atomic():
        Project.objects.select_for_update().get(pk=project.pk)
        if living(project).count() >= MOST:
            raise Invalid(f"A project has at most {MOST} webhooks; end one first.")
        made = Webhook.objects.create(
            project=project,
            address=address,
            events=chosen,
            secret=f"whsec_{secrets.token_urlsafe(32)}",
            made_by=by,
            made_at=timezone.now(),
        )
        told = {"host": posting.host_of(address), "events": chosen}
        ledger.record(project, "webhook.register", made, by=by, difference=told)
    return made


def end(webhook: Webhook, *, by: User) -> Webhook:
    """Tell this address nothing more. What was told stays on record."""
    with transaction.atomic():
        held = Webhook.objects.select_for_update().select_related("project").get(pk=webhook.pk)
        if held.ended_at is not None:
            raise WrongState("This webhook has ended already.")
        held.ended_at = timezone.now()
        held.save(update_fields=["ended_at"])
        Delivery.objects.filter(webhook=held, state=Delivery.State.WAITING).update(
            state=Delivery.State.FAILED, error="The webhook ended before this was delivered."
        )
        ledger.record(held.project, "webhook.end", held, by=by)
    return held


def tell(project: Project, event: str, facts: Mapping[str, Any]) -> list[Delivery]:
    """Note that something happened for every address that is told of it; inside the transaction in which it happened."""
    assert event in EVENTS, event
    told = [one for one in living(project) if event in one.events]
    return [_note(webhook, event, facts) for webhook in told]


def _note(webhook: Webhook, event: str, facts: Mapping[str, Any]) -> Delivery:
    now = timezone.now()
    made = Delivery(webhook=webhook, event=event, due_at=now, made_at=now)
    made.payload = {
        "id": made.public_id,
        "event": event,
        "project": webhook.project.slug,
        "at": now.isoformat(),
        "data": dict(facts),
    }
    made.save(force_insert=True)
    _send(made)
    return made


def redeliver(delivery: Delivery, *, by: User) -> Delivery:
    """Send it again at once, however it went; the same telling with the same id."""
    if delivery.webhook.ended_at is not None:
        raise WrongState("This webhook has ended; nothing is sent to it any more.")
    with transaction.atomic():
        held = Delivery.objects.select_for_update().get(pk=delivery.pk)
        held.state, held.attempts, held.due_at = Delivery.State.WAITING, 0, timezone.now()
        held.error = ""
        held.save(update_fields=["state", "attempts", "due_at", "error"])
        project = delivery.webhook.project
        ledger.record(project, "webhook.redeliver", delivery, by=by, difference={"id": held.public_id})  # fmt: skip
        _send(held)
    return held


def _send(delivery: Delivery) -> None:
    jobs.enqueue(KIND, delivery.public_id, project=delivery.webhook.project, by=None)


def look(now: datetime | None = None) -> int:
    """Ask again for what failed and is due. Done by every worker twice a minute."""
    due = Delivery.objects.filter(
        state=Delivery.State.WAITING, due_at__lte=now or timezone.now(), attempts__gt=0
    ).select_related("webhook__project")
    count = 0
    for delivery in due.order_by("due_at")[:200]:
        if not jobs.waiting_for(KIND, delivery.public_id):
            _send(delivery)
            count += 1
    return count


def deliver(public_id: str, progress: jobs.Progress) -> str:
    """One attempt. A failed one is noted with its reason and tried again later; that is no failure of the job."""
    delivery = Delivery.objects.select_related("webhook").filter(public_id=public_id).first()
    if delivery is None or delivery.state != Delivery.State.WAITING:
        return "nothing left to deliver"
    progress.step(hold=posting.PATIENCE * 3)
    webhook = delivery.webhook
    outcome = posting.post(webhook.address, webhook.secret, delivery.event, public_id, delivery.payload)  # fmt: skip
    attempts, now = delivery.attempts + 1, timezone.now()
    change: dict[str, Any] = {"attempts": attempts, "status": outcome.status, "error": outcome.error}  # fmt: skip
    if outcome.is_taken:
        change |= {"state": Delivery.State.DELIVERED, "delivered_at": now}
    elif attempts > len(BACKOFF):
        change["state"] = Delivery.State.FAILED
    else:
        change["due_at"] = now + BACKOFF[attempts - 1]
    Delivery.objects.filter(pk=delivery.pk, state=Delivery.State.WAITING).update(**change)
    return "delivered" if outcome.is_taken else outcome.error


# --- asking


def living(project: Project) -> QuerySet[Webhook]:
    return Webhook.objects.filter(project=project, ended_at=None).select_related("project")


def visible_webhooks(holder: Pass) -> QuerySet[Webhook]:
    """For managers; those that ended too, the newest first."""
    holder.require("project.manage")
    found = Webhook.objects.filter(project=holder.project)
    return found.select_related("project", "made_by").order_by("-id")


def webhook_for(holder: Pass, public_id: str) -> Webhook:
    found = visible_webhooks(holder).filter(public_id=public_id).first()
    if found is None:
        raise Missing("There is no such webhook in this project.")
    return found


def deliveries_of(webhook: Webhook) -> QuerySet[Delivery]:
    return Delivery.objects.filter(webhook=webhook).select_related("webhook__project").order_by("-id")  # fmt: skip


def delivery_for(webhook: Webhook, public_id: str) -> Delivery:
    found = deliveries_of(webhook).filter(public_id=public_id).first()
    if found is None:
        raise Missing("There is no such delivery.")
    return found
