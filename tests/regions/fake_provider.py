"""An identity provider of an office, small and real: it speaks OpenID Connect over HTTP on this machine."""

import base64
import hashlib
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import jwt

CLIENT, SECRET, CODE = "jamsostek", "rahasia-kantor-untuk-uji-saja-0123456789", "kode-sekali"


class Provider:
    """Who signs in there next, and what it was asked."""

    def __init__(self, issuer: str) -> None:
        self.issuer = issuer
        self.claims: dict[str, object] = {}
        self.challenge = ""
        self.is_broken = False
        self.redeemed: list[dict[str, str]] = []

    def begin(self, location: str) -> str:
        """What a browser does at the provider: the address it is sent back to."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(location).query).items()}
        assert location.startswith(f"{self.issuer}/masuk?")
        assert (asked["client_id"], asked["response_type"]) == (CLIENT, "code")
        self.challenge = asked["code_challenge"]
        return f"{urlsplit(asked['redirect_uri']).path}?code={CODE}&state={asked['state']}"

    def configuration(self) -> dict[str, object]:
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/masuk",
            "token_endpoint": f"{self.issuer}/token",
            "userinfo_endpoint": f"{self.issuer}/siapa",
            "jwks_uri": f"{self.issuer}/kunci",
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
        }

    def token(self, asked: dict[str, str]) -> tuple[int, dict[str, object]]:
        self.redeemed.append(asked)
        digest = hashlib.sha256(asked.get("code_verifier", "").encode()).digest()
        proved = base64.urlsafe_b64encode(digest).rstrip(b"=").decode() == self.challenge
        if self.is_broken or not proved or (asked["code"], asked["client_secret"]) != (CODE, SECRET):
            return 400, {"error": "invalid_grant"}
        claims = {"iss": self.issuer, "aud": CLIENT, "exp": 4_102_444_800, "iat": 1, **self.claims}
        id_token = jwt.encode(claims, SECRET, algorithm="HS256", headers={"kid": "1"})
        return 200, {"access_token": "masuk", "token_type": "Bearer", "id_token": id_token}


@contextmanager
def running_provider() -> Iterator[Provider]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    server.provider = Provider(f"http://127.0.0.1:{server.server_port}")
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server.provider
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        provider = self.server.provider
        if self.path == "/.well-known/openid-configuration":
            self._answer(200, provider.configuration())
        elif self.path == "/siapa" and self.headers["Authorization"] == "Bearer masuk":
            self._answer(200, provider.claims)
        else:
            self._answer(404, {})

    def do_POST(self) -> None:
        sent = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        self._answer(*self.server.provider.token({name: values[0] for name, values in sent.items()}))

    def _answer(self, status: int, document: dict[str, object]) -> None:
        body = json.dumps(document).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_words: object) -> None:
        """Nothing: what a test says stands in its assertions."""
