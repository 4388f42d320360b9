"""One call to a target that was judged: to the judged address, under the name of its host."""

import http.client
import socket
import ssl
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from regions.hook_target import HookTarget

PATIENCE, LONGEST_CALL = 10, 20
_MOST_ADDRESSES = 3


class CallFailed(Exception):
    """No answer came; `cause` is one of the causes that an attempt names."""

    def __init__(self, cause: str) -> None:
        self.cause = cause
        super().__init__(cause)


class _Connection(http.client.HTTPConnection):
    """Connects to the address it is told and looks no name up; follows nothing, knows no proxy."""

    def __init__(self, target: HookTarget, address: str, context: ssl.SSLContext | None) -> None:
        super().__init__(target.host, target.port, timeout=PATIENCE)
        self._address, self._context = address, context

    def connect(self) -> None:
        self.sock: Any = socket.create_connection((self._address, self.port), PATIENCE)
        if self._context:
            self.sock = self._context.wrap_socket(self.sock, server_hostname=self.host)

    def cut(self) -> None:
        try:
            if self.sock is not None:
                self.sock.shutdown(socket.SHUT_RDWR)
        except OSError:
            return


def call(
    target: HookTarget, body: bytes, headers: Mapping[str, str], context: ssl.SSLContext | None = None
) -> int:
    """The status of the answer, of which nothing else is read. Raises CallFailed."""
    if target.scheme == "https":
        context = context or ssl.create_default_context()
    cause = "connection"
    for address in target.addresses[:_MOST_ADDRESSES]:
        with _clocked(_Connection(target, address, context)) as (connection, is_late):
            try:
                connection.connect()
            except ssl.SSLError:
                raise CallFailed("timeout" if is_late() else "tls") from None
            except OSError as error:
                cause = "timeout" if isinstance(error, TimeoutError) or is_late() else "connection"
                continue
            try:
                return _answer(connection, target, body, headers)
            except (OSError, http.client.HTTPException, ValueError) as error:
                late = isinstance(error, TimeoutError) or is_late()
                raise CallFailed("timeout" if late else "connection") from None
    raise CallFailed(cause)


def _answer(connection: _Connection, target: HookTarget, body: bytes, headers: Mapping[str, str]) -> int:
    connection.request("POST", target.path, body, {"Host": target.host_header, **headers})
    response = connection.getresponse()
    response.close()
    return response.status


@contextmanager
def _clocked(connection: _Connection) -> Iterator[tuple[_Connection, Callable[[], bool]]]:
    """Each wait is limited by the socket, all of them together by a clock: an answer may drip for ever."""
    late = threading.Event()

    def cut() -> None:
        late.set()
        connection.cut()

    clock = threading.Timer(LONGEST_CALL, cut)
    clock.daemon = True
    clock.start()
    try:
        yield connection, late.is_set
    finally:
        clock.cancel()
        connection.close()
