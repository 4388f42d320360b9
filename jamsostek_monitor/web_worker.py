"""The worker of gunicorn that a browser cannot hold up: a request reaches a thread once all of it is there.

gunicorn's own threads read from the socket themselves, without a limit of time: as many half-sent requests
as there are threads stop the site. waitress takes requests in, and gives answers out, in one loop beside its
threads.
"""

import logging
import os
import time
from typing import Any

from gunicorn.workers.base import Worker
from waitress import wasyncore
from waitress.server import create_server

# A client silent for so long in the middle of its request, or between two, loses its connection. A proxy in
# front must give up idle connections earlier (deploy/), or it sends into one that is just being closed.
SILENT_SECONDS = 75
# Half-sent requests cost one of these each and no thread; file descriptors are 1,024 where nobody set them.
CONNECTIONS = 800
# Each request that has to wait for a thread would be a line of the log.
logging.getLogger("waitress.queue").setLevel(logging.ERROR)


class WholeRequestWorker(Worker):  # type: ignore[misc]
    """Heartbeat, ending and restarts are gunicorn's; sockets, threads and requests are of waitress."""

    def run(self) -> None:
        channels: dict[int, Any] = {}
        server = create_server(
            self.wsgi,
            map=channels,
            sockets=[each.sock for each in self.sockets],
            threads=self.cfg.threads,
            backlog=self.cfg.backlog,
            connection_limit=CONNECTIONS,
            channel_timeout=SILENT_SECONDS,
            cleanup_interval=10,
            asyncore_use_poll=True,
            # Who stands in front, and what of its headers is believed, is said by the settings of Django.
            clear_untrusted_proxy_headers=False,
            expose_tracebacks=False,
            ident="",
        )
        while self.alive and self.ppid == os.getppid():
            self._turn(channels, 1.0)
        self._finish(server, channels)

    def _turn(self, channels: dict[int, Any], seconds: float) -> None:
        self.notify()
        wasyncore.loop(timeout=seconds, use_poll=True, map=channels, count=1)

    def _finish(self, server: Any, channels: dict[int, Any]) -> None:
        """Take nothing new; answer what is here, for as long as gunicorn allows."""
        server.accepting = False
        end = time.monotonic() + self.cfg.graceful_timeout
        while time.monotonic() < end and any(_is_busy(one) for one in server.active_channels.values()):
            self._turn(channels, 0.1)
        server.task_dispatcher.shutdown(timeout=0.5)


def _is_busy(channel: Any) -> bool:
    """Whether an answer is being made or sent."""
    return bool(channel.requests or channel.total_outbufs_len)
