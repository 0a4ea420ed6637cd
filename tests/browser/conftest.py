"""One installation with the demo project, shared by the browser tests of a worker."""

import pytest

from tests.installation import Installation


@pytest.fixture(scope="session")
def installation(tmp_path_factory):
    made = Installation(tmp_path_factory.mktemp("installation"))
    made.prepare()
    made.start()
    yield made
    made.stop()
