"""Public ids: random, so that neither order nor number of other people's rows shows."""

import secrets

# No vowels and no look-alikes: ids are read aloud and must not spell words.
ALPHABET = "23456789bcdfghjkmnpqrstvwxz"


def public_id() -> str:
    """Twelve characters, about 57 bits."""
    return "".join(secrets.choice(ALPHABET) for _ in range(12))
