"""Taking a document down on PostgreSQL, whose triggers are functions of their own."""

import pytest
from django.db import IntegrityError, transaction

from sources import taking_down
from sources.models import SearchRange, Text
from tests import factories

WORDS = "Quartermasters rehearsed beneath the mountain."

pytestmark = pytest.mark.postgres


def test_nothing_but_blackening_gets_past_the_triggers(on_postgres):
    document = factories.document(factories.project(), body=WORDS, pages=1)
    with pytest.raises(IntegrityError, match="never changes"), transaction.atomic():
        Text.objects.update(body="█" * 3)

    taking_down.take_down(document, by=factories.user("founder"), reason="Asked for.")

    assert Text.objects.get().body == "█" * len(WORDS)
    assert SearchRange.objects.count() == 0
