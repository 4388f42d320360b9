"""Somebody in an office who comes over TLS through nginx, with cookies and forms as a browser sends them."""

import http.client
import re
import socket
import ssl
import subprocess
import time
from contextlib import closing, suppress
from dataclasses import dataclass
from http.cookies import SimpleCookie
from urllib.parse import urlencode, urljoin, urlsplit

from tests.drills.certificates import SITE
from tests.drills.machines import Machine
from tests.forms_in_pages import PageForm, forms_of

PASSWORD = "contoh-jamsostek-2025"
BOARD = "/wilayah/36.72/?periode=2025-07"


@dataclass
class Answer:
    status: int
    headers: http.client.HTTPMessage
    text: str


class Visitor:
    def __init__(self, machine: Machine, front: str, authority: str) -> None:
        self.machine, self.front = machine, front
        self.tls = ssl.create_default_context(cadata=authority)
        self.cookies: dict[str, str] = {}
        # Waiting for a page ends where one of these does.
        self.watched: list[subprocess.Popen[bytes]] = []

    def ask(
        self,
        path: str,
        fields: dict[str, str] | None = None,
        seconds: float = 70,
        headers: dict[str, str] | None = None,
    ) -> Answer:
        with self.machine.inside():
            plain = socket.create_connection((self.front, 443), seconds)
        with self.tls.wrap_socket(plain, server_hostname=SITE) as line:
            asking = http.client.HTTPConnection(SITE)
            asking.sock = line
            headers = (headers or {}) | {
                "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())
            }
            body = None
            if fields is not None:
                body = urlencode(fields)
                headers |= {"Content-Type": "application/x-www-form-urlencoded"}
                headers |= {"Referer": f"https://{SITE}{path}", "Origin": f"https://{SITE}"}
            asking.request("GET" if body is None else "POST", path, body, headers)
            answered = asking.getresponse()
            for set_cookie in answered.headers.get_all("Set-Cookie") or []:
                self.cookies |= {name: one.value for name, one in SimpleCookie(set_cookie).items()}
            text = answered.read().decode(errors="replace")
        return Answer(answered.status, answered.headers, text)

    def page(self, path: str) -> str:
        answer = self.ask(path)
        assert answer.status == 200, (
            f"{path}: {answer.status} {answer.headers.get('Location')}\n{answer.text[:500]}"
        )
        return answer.text

    def send(self, path: str, **typed: str) -> Answer:
        """The form of this page that has these fields, with these values typed into it."""
        form = self._form(path, set(typed))
        sent = self.ask(_path_of(form.action), form.fields | typed)
        assert sent.status == 302, f"{path}: {sent.status}\n{sent.text[:3000]}"
        return sent

    def _form(self, path: str, names: set[str]) -> PageForm:
        forms = forms_of(self.page(path), f"https://{SITE}{path}")
        return next(form for form in forms if names <= set(form.fields))

    def sign_in(self, username: str) -> None:
        self.send("/akun/masuk/", login=username, password=PASSWORD)
        assert "sessionid" in self.cookies

    def correct_members(self, members: int, reason: str = "latihan") -> None:
        """What an operator does when the branch sends another number."""
        listed = self.page("/peserta-aktif/?wilayah=36.72&periode=2025-07")
        found = re.search(r'href="(/peserta-aktif/\d+/[a-z]+/[^"]*)"', listed)
        assert found, "no row to correct"
        typed = {"members": str(members), "source": "Surat latihan", "reason": reason}
        self.send(found[1].replace("&amp;", "&"), **typed)

    def wait_for(self, words: str, path: str = BOARD, seconds: float = 60) -> float:
        """Until a page says so, in seconds."""
        began = time.monotonic()
        while True:
            with suppress(OSError, http.client.HTTPException):
                if words in self.ask(path).text:
                    return time.monotonic() - began
            assert time.monotonic() - began < seconds, f"{path} never said “{words}”"
            assert all(one.poll() is None for one in self.watched), "a process that serves it ended"
            time.sleep(0.3)

    def wait_for_header(self, name: str, beginning: str, path: str = BOARD, seconds: float = 60) -> float:
        began = time.monotonic()
        while not str(self.ask(path).headers.get(name, "")).startswith(beginning):
            assert time.monotonic() - began < seconds, f"{path} never had {name}: {beginning}"
            time.sleep(0.3)
        return time.monotonic() - began


def slow_clients(machine: Machine, front: str, count: int) -> list[socket.socket]:
    """Connections that began to ask and go on no further."""
    held = []
    for _each in range(count):
        with machine.inside():
            line = socket.create_connection((front, 443), 10)
        tls = ssl.create_default_context()
        tls.check_hostname, tls.verify_mode = False, ssl.CERT_NONE
        wrapped = tls.wrap_socket(line, server_hostname=SITE)
        wrapped.sendall(
            f"POST /akun/masuk/ HTTP/1.1\r\nHost: {SITE}\r\nContent-Length: 1000\r\n\r\nlogin=".encode()
        )
        held.append(wrapped)
    return held


def refused(machine: Machine, address: str, port: int, seconds: float = 1.5) -> bool:
    """Whether a firewall keeps this machine away: not even a refusal comes back."""
    try:
        with machine.inside():
            closing(socket.create_connection((address, port), seconds)).thing.close()
    except TimeoutError:
        return True
    except ConnectionRefusedError:
        return False
    return False


def _path_of(address: str) -> str:
    parts = urlsplit(urljoin(f"https://{SITE}", address))
    return parts.path + (f"?{parts.query}" if parts.query else "")
