"""Public ids: random, so that neither order nor number of other people's rows shows."""

import secrets

# No vowels and no look-alikes: ids are read aloud and must not spell words.
ALPHABET = "23456789bcdfghjkmnpqrstvwxz"
_LENGTH = 12
_PAIRS = [one + two for one in ALPHABET for two in ALPHABET]
_MANY = len(ALPHABET) ** _LENGTH


def public_id() -> str:
    """Twelve characters, about 57 bits."""
    # Of so many random bits that what is left over makes no id likelier than another.
    number = int.from_bytes(secrets.token_bytes(16)) % _MANY
    pairs = []
    for _ in range(_LENGTH // 2):
        number, pair = divmod(number, len(_PAIRS))
        pairs.append(_PAIRS[pair])
    return "".join(pairs)
