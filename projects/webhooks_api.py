"""Webhooks over HTTP: which addresses are told what, and how the tellings went."""

from projects import webhooks
from projects.api import PROJECT
from projects.models import Delivery
from projects.rest.paging import ListOf
from projects.rest.routes import Asked, Route
from projects.rest.shapes import choice, mapping, moment, shape, some, text, whole

_HOOKS = f"{PROJECT}webhooks/"
_HOOK = f"{_HOOKS}<str:public_id>/"
_DELIVERY = f"{_HOOK}deliveries/<str:delivery_id>/"

WebhookShape = shape(
    "Webhook",
    id=text(source="public_id"),
    address=text(),
    events=some(choice(*webhooks.EVENTS)),
    made_at=moment(),
    ended_at=moment(null=True),
)
NewWebhook = shape("NewWebhook", WebhookShape, secret=text(help_text="Signs what is sent. Shown this once."))  # fmt: skip
WebhookAsked = shape("WebhookToMake", address=text(most=500), events=some(choice(*webhooks.EVENTS), least=1))  # fmt: skip
DeliveryShape = shape(
    "Delivery",
    id=text(source="public_id"),
    event=choice(*webhooks.EVENTS),
    state=choice(*Delivery.State.values),
    attempts=whole(),
    status=whole(null=True),
    error=text(),
    made_at=moment(),
    due_at=moment(),
    delivered_at=moment(null=True),
    payload=mapping(),
)

hook_list = Route(_HOOKS, "api_webhooks", "webhooks")
hook_one = Route(_HOOK, "api_webhook", "webhooks")
delivery_list = Route(f"{_HOOK}deliveries/", "api_deliveries", "webhooks")
delivery_one = Route(_DELIVERY, "api_delivery", "webhooks")
again_route = Route(f"{_DELIVERY}redeliver/", "api_redeliver", "webhooks")


@hook_list.get(ListOf(WebhookShape), needs="project.manage")
def list_webhooks(asked: Asked):
    """Addresses that are told what happens, the newest first."""
    return webhooks.visible_webhooks(asked.holder)


@hook_list.post(NewWebhook, status=201, needs="project.manage", takes=WebhookAsked, is_secret=True)
def register_webhook(asked: Asked):
    """Tell an address from now on. What is sent is signed with the secret that is shown this once.

    `Concord-Signature: t=<seconds>,v1=<hex>` is the HMAC-SHA256 of `<seconds>.<body>`. A telling is tried seven times.
    """
    return webhooks.register(asked.holder.project, by=asked.user, **asked.said)


@hook_one.get(WebhookShape, needs="project.manage")
def read_webhook(asked: Asked, public_id: str):
    """One address."""
    return webhooks.webhook_for(asked.holder, public_id)


@hook_one.delete(WebhookShape, needs="project.manage")
def end_webhook(asked: Asked, public_id: str):
    """Tell this address nothing more."""
    return webhooks.end(webhooks.webhook_for(asked.holder, public_id), by=asked.user)


@delivery_list.get(ListOf(DeliveryShape), needs="project.manage")
def list_deliveries(asked: Asked, public_id: str):
    """What this address was told and how it went, the newest first."""
    return webhooks.deliveries_of(webhooks.webhook_for(asked.holder, public_id))


@delivery_one.get(DeliveryShape, needs="project.manage")
def read_delivery(asked: Asked, public_id: str, delivery_id: str):
    """One telling."""
    return webhooks.delivery_for(webhooks.webhook_for(asked.holder, public_id), delivery_id)


@again_route.post(DeliveryShape, status=202, needs="project.manage")
def redeliver(asked: Asked, public_id: str, delivery_id: str):
    """Send it again, with the same id."""
    webhook = webhooks.webhook_for(asked.holder, public_id)
    return webhooks.redeliver(webhooks.delivery_for(webhook, delivery_id), by=asked.user)


ROUTES = (hook_list, hook_one, delivery_list, delivery_one, again_route)
