"""How a verb says no. config/errors.py turns each into the right page or JSON, once."""


class Refused(Exception):
    """The base: `message` is plain words for the person; `details` is for programs."""

    status = 400
    title = "That is not possible"

    def __init__(self, message: str, **details: object) -> None:
        super().__init__(message)
        self.message = message
        self.details = details


class NotAllowed(Refused):
    status = 403
    title = "You may not do that"


class Missing(Refused):
    """Also raised where a thing exists but not for this person: existence is not told."""

    status = 404
    title = "Nothing here"


class WrongState(Refused):
    status = 409
    title = "Not in this state"


class Stale(Refused):
    """The edit started from an older version; `details` carries what it missed."""

    status = 412
    title = "Somebody was faster"


class Invalid(Refused):
    status = 422
    title = "Please check what was entered"

    @classmethod
    def at(cls, field: str, message: str) -> "Invalid":
        """What cannot be used stands in this field: a page says it there, the API points to it."""
        return cls(message, errors=[{"pointer": f"#/{field}", "detail": message}])

    @property
    def field(self) -> str | None:
        """The field it is about, where it is about one."""
        told = self.details.get("errors")
        if not isinstance(told, list) or len(told) != 1:
            return None
        return str(told[0].get("pointer", "")).removeprefix("#/") or None


class Unable(Refused):
    """The machine could not, whatever was asked: no room on the disk, nothing to write to."""

    status = 503
    title = "This installation cannot do it now"
