"""Sending a webhook: where it may go, how it is signed, and one attempt. Knows no rows.

The address of the host is looked up, checked and then connected to itself, so that a name cannot mean one host when it is
checked and another when it is called. Redirects are not followed.
"""

import hashlib
import hmac
import http.client
import ipaddress
import json
import re
import socket
import ssl
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import SplitResult, urlsplit

from django.conf import settings

from projects.refusals import Invalid

PATIENCE = 10  # seconds for each step of an attempt
LOCAL = {"localhost", "127.0.0.1", "::1"}


@dataclass(frozen=True)
class Outcome:
    status: int | None
    error: str = ""

    @property
    def is_taken(self) -> bool:
        return self.status is not None and 200 <= self.status < 300


class Forbidden(Exception):
    """The address leads where nothing is sent."""


def check_address(address: str) -> None:
    """Refuse what is never called, as far as it shows without asking anybody."""
    parts = _parts(address)
    host = parts.hostname or ""
    if parts.scheme == "http" and not (settings.DEBUG and host in LOCAL):
        raise Invalid("A webhook goes to an https:// address.")
    try:
        literal = ipaddress.ip_address(host)
    except ValueError:
        # A name; which machine that is shows when it is called.
        is_inside = host.endswith((".local", ".internal", ".localhost")) or "." not in host
        if is_inside and not _may_be_private(host):
            raise Invalid(_REFUSED) from None
        return
    if not _is_public(literal) and not _may_be_private(host):
        raise Invalid(_REFUSED)


_REFUSED = "This address is one of a private network; nothing is sent there from here."


def host_of(address: str) -> str:
    return _parts(address).hostname or ""


def _parts(address: str) -> SplitResult:
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        raise Invalid("This is no web address.") from None
    plain = re.fullmatch(r"[\x21-\x7e]{1,500}", address)
    if not plain or parts.scheme not in {"https", "http"} or not parts.hostname:
        raise Invalid("A webhook goes to an https:// address of at most 500 characters.")
    if parts.username or parts.password:
        raise Invalid("Leave name and password out of the address; what is sent is signed.")
    if port == 0:
        raise Invalid("This is no web address.")
    return parts


def _may_be_private(host: str) -> bool:
    return settings.WEBHOOKS_PRIVATE or (settings.DEBUG and host in LOCAL)


def _is_public(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    if isinstance(address, ipaddress.IPv6Address):
        # An IPv4 address inside an IPv6 one is that address.
        inner = address.ipv4_mapped or address.sixtofour
        teredo = address.teredo
        if inner is not None or teredo is not None:
            return _is_public(inner or teredo[1])  # type: ignore[index]
        if address in ipaddress.ip_network("64:ff9b::/96"):
            return _is_public(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
    return address.is_global and not address.is_multicast


def signature(secret: str, at: int, body: bytes) -> str:
    """`t=<seconds>,v1=<hex HMAC-SHA256 of "<seconds>.<body>" under the secret>`."""
    signed = hmac.new(secret.encode(), f"{at}.".encode() + body, hashlib.sha256).hexdigest()
    return f"t={at},v1={signed}"


def post(address: str, secret: str, event: str, delivery: str, payload: Mapping[str, Any]) -> Outcome:  # fmt: skip
    """One attempt, and what came of it in plain words."""
    body = json.dumps(payload, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    headers = {
        "Content-Type": "application/json",
        "User-Agent": f"Concord/{settings.SOFTWARE_VERSION}",
        "Concord-Event": event,
        "Concord-Delivery": delivery,
        "Concord-Signature": signature(secret, int(time.time()), body),
    }
    try:
        check_address(address)
        return _send(_parts(address), body, headers)
    except (Forbidden, Invalid) as refusal:
        return Outcome(None, str(refusal)[:300])
    except (TimeoutError, OSError, http.client.HTTPException) as error:
        return Outcome(None, _told(error))


def _send(parts: SplitResult, body: bytes, headers: dict[str, str]) -> Outcome:
    host = parts.hostname or ""
    port = parts.port or (443 if parts.scheme == "https" else 80)
    connection = http.client.HTTPConnection(host, port, timeout=PATIENCE)
    connection.sock = _connected(host, port, is_tls=parts.scheme == "https")
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    usual = port == (443 if parts.scheme == "https" else 80)
    named = f"[{host}]" if ":" in host else host
    try:
        connection.request("POST", path, body, {"Host": named if usual else f"{named}:{port}", **headers})  # fmt: skip
        answer = connection.getresponse()
        status = answer.status
    finally:
        connection.close()
    if 200 <= status < 300:
        return Outcome(status)
    if 300 <= status < 400:
        return Outcome(status, f"It answered {status}; redirects are not followed.")
    return Outcome(status, f"It answered {status}.")


def _connected(host: str, port: int, *, is_tls: bool) -> socket.socket:
    """A connection to the very address that was checked."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    addresses = [(one[0], one[4]) for one in found]
    for _, place in addresses:
        literal = ipaddress.ip_address(str(place[0]).partition("%")[0])
        if not _is_public(literal) and not _may_be_private(host):
            raise Forbidden(_REFUSED)
    family, place = addresses[0]
    plain = socket.socket(family, socket.SOCK_STREAM)
    try:
        plain.settimeout(PATIENCE)
        plain.connect(place)
        if not is_tls:
            return plain
        return ssl.create_default_context().wrap_socket(plain, server_hostname=host)
    except BaseException:
        plain.close()
        raise


def _told(error: BaseException) -> str:
    if isinstance(error, TimeoutError):
        return f"It did not answer within {PATIENCE} seconds."
    if isinstance(error, socket.gaierror):
        return "There is no host of this name."
    if isinstance(error, ssl.SSLError):
        return f"No safe connection could be made ({error.reason or type(error).__name__})."[:300]
    if isinstance(error, ConnectionRefusedError):
        return "Nobody listens at this address."
    return f"The connection failed ({type(error).__name__})."
