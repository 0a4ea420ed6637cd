"""Secrets that are shown once: made here, and kept only as their hashes."""

import hashlib
import secrets


def new(prefix: str = "") -> str:
    """256 bits, fit for an address or a header."""
    return prefix + secrets.token_urlsafe(32)


def hashed(secret: str) -> str:
    """Without salt: what is random enough needs none, and must be found by its hash."""
    return hashlib.sha256(secret.encode()).hexdigest()
