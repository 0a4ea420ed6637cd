"""No test skipped in silence: with CONCORD_NO_SKIPS=1 a run in which anything was skipped fails and names it."""

import os

import pytest


def pytest_configure(config: pytest.Config) -> None:
    is_worker = hasattr(config, "workerinput")  # workers report to the one that counts
    if os.environ.get("CONCORD_NO_SKIPS") == "1" and not is_worker:
        config.pluginmanager.register(SkipWatch())


class SkipWatch:
    """Keeps every skip with its reason; expected failures are not skips."""

    def __init__(self) -> None:
        self.skipped: list[str] = []

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.skipped and not hasattr(report, "wasxfail"):
            self._note(report.nodeid, report.longrepr)

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.skipped:
            self._note(report.nodeid, report.longrepr)

    def _note(self, name: str, reason: object) -> None:
        self.skipped.append(f"{name}: {reason[2] if isinstance(reason, tuple) else reason}")

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        if self.skipped and session.exitstatus == 0:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        if self.skipped:
            terminalreporter.section("skipped, which this run does not allow", red=True, bold=True)
            for line in self.skipped:
                terminalreporter.write_line(line)
