"""A small OpenID Connect provider on this machine: discovery, authorization code with PKCE, signed tokens, user info.

What a real one checks, it checks: client, secret, redirect address, code used once, verifier.
"""

import base64
import hashlib
import json
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT, SECRET = "concord", "a secret that both know"


class Provider:
    """`person` is who is signed in at the provider: the claims it tells; None for nobody, who stops."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.person: dict[str, object] | None = None
        self.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.codes: dict[str, dict[str, str]] = {}
        self.asked: list[str] = []

    @property
    def settings(self) -> dict[str, object]:
        app = {
            "provider_id": "institution",
            "name": "Kita University",
            "client_id": CLIENT,
            "secret": SECRET,
            "settings": {"server_url": self.url},
        }
        return {
            "SINGLE_SIGN_ON": "Kita University",
            "SOCIALACCOUNT_PROVIDERS": {
                "openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [app]}
            },
        }

    def discovery(self) -> dict[str, object]:
        return {
            "issuer": self.url,
            "authorization_endpoint": f"{self.url}/authorize",
            "token_endpoint": f"{self.url}/token",
            "userinfo_endpoint": f"{self.url}/userinfo",
            "jwks_uri": f"{self.url}/keys",
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
        }

    def keys(self) -> dict[str, object]:
        public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self.key.public_key()))
        return {"keys": [public | {"kid": "1", "use": "sig", "alg": "RS256"}]}

    def authorize(self, query: dict[str, str]) -> str:
        """Where the browser is sent back to."""
        assert query["client_id"] == CLIENT and query["response_type"] == "code"
        assert "openid" in query["scope"].split() and query["code_challenge_method"] == "S256"
        if self.person is None:
            back = {"error": "access_denied", "state": query["state"]}
        else:
            code = secrets.token_urlsafe()
            self.codes[code] = query
            back = {"code": code, "state": query["state"]}
        return f"{query['redirect_uri']}?{urlencode(back)}"

    def token(self, sent: dict[str, str]) -> dict[str, object] | None:
        asked = self.codes.pop(sent.get("code", ""), None)
        if asked is None or (sent["client_id"], sent["client_secret"]) != (CLIENT, SECRET):
            return None
        digest = hashlib.sha256(sent["code_verifier"].encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).decode().rstrip("=")
        if challenge != asked["code_challenge"] or sent["redirect_uri"] != asked["redirect_uri"]:
            return None
        assert self.person is not None
        now = int(time.time())
        claims = {"iss": self.url, "aud": CLIENT, "iat": now, "exp": now + 60, **self.person}
        token = jwt.encode(claims, self.key, algorithm="RS256", headers={"kid": "1"})
        return {"access_token": "at", "token_type": "Bearer", "id_token": token}


class _Answers(BaseHTTPRequestHandler):
    def log_message(self, *words: object) -> None:
        pass

    @property
    def provider(self) -> Provider:
        return self.server.provider  # type: ignore[attr-defined]

    def do_GET(self) -> None:
        address = urlsplit(self.path)
        self.provider.asked.append(address.path)
        if address.path == "/.well-known/openid-configuration":
            self._json(self.provider.discovery())
        elif address.path == "/keys":
            self._json(self.provider.keys())
        elif address.path == "/authorize":
            query = {name: values[0] for name, values in parse_qs(address.query).items()}
            self.send_response(302)
            self.send_header("Location", self.provider.authorize(query))
            self.send_header("Content-Length", "0")
            self.end_headers()
        elif address.path == "/userinfo" and self.headers["Authorization"] == "Bearer at":
            self._json(self.provider.person or {})
        else:
            self._json({"error": "no"}, 404)

    def do_POST(self) -> None:
        self.provider.asked.append(self.path)
        sent = self.rfile.read(int(self.headers["Content-Length"])).decode()
        given = self.provider.token({name: values[0] for name, values in parse_qs(sent).items()})
        self._json(given or {"error": "invalid_grant"}, 200 if given else 400)

    def _json(self, data: object, status: int = 200) -> None:
        body = json.dumps(data).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@contextmanager
def opened() -> Iterator[Provider]:
    with ThreadingHTTPServer(("127.0.0.1", 0), _Answers) as server:
        server.daemon_threads = True
        provider = server.provider = Provider(f"http://127.0.0.1:{server.server_address[1]}")  # type: ignore[attr-defined]
        thread = threading.Thread(target=lambda: server.serve_forever(poll_interval=0.02))
        thread.start()
        try:
            yield provider
        finally:
            server.shutdown()
            thread.join()
