"""Why a figure has no value, in the words that stand in its place."""

NO_VALUES = "no value was given"
ONE_CODER = "only one coder gave values"
NO_PAIR = "no unit has values of two coders"
ONE_VALUE = "one value used by all"
ONE_UNIT = "only one unit has values of all coders"
CANCELLED = "the variance between units and coders cancels out"


class Undefined(Exception):
    """The coefficient does not exist for these data; the message is the reason."""
