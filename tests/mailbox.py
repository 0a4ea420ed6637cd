"""A real SMTP server on this machine that keeps what it is given, for tests of mail."""

import email
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.policy import default


@dataclass
class Mailbox:
    port: int
    mails: list[EmailMessage] = field(default_factory=list)
    refusing: bool = False

    @property
    def settings(self) -> dict[str, object]:
        return {
            "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
            "EMAIL_HOST": "127.0.0.1",
            "EMAIL_PORT": self.port,
            "DEFAULT_FROM_EMAIL": "concord@example.org",
            "SENDS_MAIL": True,
        }

    def words(self) -> list[str]:
        return [mail.get_content() for mail in self.mails]


class _Talk(socketserver.StreamRequestHandler):
    """As much of RFC 5321 as sending a mail needs."""

    def handle(self) -> None:
        box: Mailbox = self.server.box  # type: ignore[attr-defined]
        self.wfile.write(b"220 here\r\n")
        while line := self.rfile.readline():
            verb = line.split()[0].upper() if line.split() else b""
            if verb == b"DATA":
                self.wfile.write(b"354 go on\r\n")
                data = b""
                while (said := self.rfile.readline()) not in (b".\r\n", b""):
                    data += said.removeprefix(b".")
                parsed = email.message_from_bytes(data, policy=default)
                assert isinstance(parsed, EmailMessage)
                box.mails.append(parsed)
                self.wfile.write(b"250 kept\r\n")
            elif verb == b"QUIT":
                self.wfile.write(b"221 bye\r\n")
                return
            elif verb == b"MAIL" and box.refusing:
                self.wfile.write(b"451 not now\r\n")
            else:
                self.wfile.write(b"250 well\r\n")


@contextmanager
def opened() -> Iterator[Mailbox]:
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Talk) as server:
        server.daemon_threads = True
        box = server.box = Mailbox(server.server_address[1])  # type: ignore[attr-defined]
        thread = threading.Thread(target=lambda: server.serve_forever(poll_interval=0.02))
        thread.start()
        try:
            yield box
        finally:
            server.shutdown()
            thread.join()
