"""What programs ask of an installation: does the process live, can it work, what did it measure."""

import hmac
from ipaddress import ip_address

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST

from config.watching import health, measures
from projects.refusals import Missing

# What a proxy adds. A request that came through one has the proxy's address, which says nothing of who asks.
_FORWARDED = ("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-IP", "Via")  # fmt: skip


@login_not_required
@never_cache
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers. Nothing else is looked at: a supervisor would restart it for a fault that is not its own."""
    return HttpResponse("ok\n", content_type="text/plain")


@login_not_required
@never_cache
@require_safe
def readyz(request: HttpRequest) -> JsonResponse:
    found = health.checks()
    ready = set(found.values()) == {health.GOOD}
    return JsonResponse({"ready": ready, "checks": found}, status=200 if ready else 503)


@login_not_required
@never_cache
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    if not may_read_measures(request):
        raise Missing("There is no page at this address.")
    return HttpResponse(measures.exposition(), content_type=CONTENT_TYPE_LATEST)


def may_read_measures(request: HttpRequest) -> bool:
    """With the token that was set, or straight from an address that was; with neither set nobody may."""
    scheme, _, given = request.headers.get("Authorization", "").partition(" ")
    token = settings.METRICS_TOKEN
    if token and scheme.lower() == "bearer":
        return hmac.compare_digest(given.strip().encode(), token.encode())
    if any(name in request.headers for name in _FORWARDED):
        return False
    try:
        address = ip_address(request.META.get("REMOTE_ADDR", ""))
    except ValueError:
        return False
    return any(address in network for network in settings.METRICS_ADDRESSES)
