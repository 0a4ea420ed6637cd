"""Who asks in the tests of trust: a browser for each role, signed in once, whose requests leave no trace."""

from collections.abc import Callable, Mapping

from django.db import transaction
from django.http import HttpResponse, SimpleCookie
from django.test import Client

from tests.trust.world import ROLES, World


class Visitor:
    """A browser of one person. What one request changes is not there for the next, whatever became of the session."""

    def __init__(self, world: World, role: str) -> None:
        self.client = Client(raise_request_exception=False)
        person = world.people[role]
        if person is not None:
            self.client.force_login(person)
        self.signed_in = self.client.cookies.output(header="", sep=";")

    def ask(self, request: Callable[[Client], HttpResponse]) -> HttpResponse:
        self.client.cookies = SimpleCookie(self.signed_in)
        with transaction.atomic():
            response = request(self.client)
            response.body = b"".join(response)  # a file is closed by reading it to its end
            transaction.set_rollback(True)
        return response


class Forged(Visitor):
    """The same browser when another site makes it ask: signed in, and without the token that only our pages know."""

    def __init__(self, world: World, role: str) -> None:
        super().__init__(world, role)
        self.client.handler.enforce_csrf_checks = True


def visitors(world: World) -> Mapping[str, Visitor]:
    return {role: Visitor(world, role) for role in ROLES}
