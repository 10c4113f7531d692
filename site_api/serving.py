"""How gunicorn serves the app on one machine: one process, sixteen threads, one line when it is ready."""

import gc
import os
from select import POLLIN, poll, select
from socket import SHUT_RDWR, socket
from typing import Any

from gunicorn.workers.gthread import ThreadWorker

from site_api import database

bind = "127.0.0.1:8112"
workers = 1
worker_class = "site_api.serving.Worker"
threads = 16
control_socket_disable = True
loglevel = "warning"

STAY_MS = 5


class Worker(ThreadWorker):  # type: ignore[misc]  # gunicorn has no types
    """Be gunicorn's worker with threads: on one core, with threads that stay, and a door that closes."""

    def init_process(self) -> None:
        """Begin on one core, and serve until told to stop."""
        keep_to_one_core()
        super().init_process()

    def handle(self, conn: Any) -> Any:
        """Answer a request, and in the same thread what follows it at once, while each line can have one."""
        kept = super().handle(conn)
        while kept is True and self.alive and self.nr_conns <= self.cfg.threads and follows(conn.sock):
            kept = super().handle(conn)
        return kept

    def set_accept_enabled(self, enabled: bool) -> None:
        """Take lines in or not; one that stops takes in who waits already, and closes its door.

        Its socket would go on taking lines that nobody answers; now who comes later is refused at once.
        """
        closes = self._accepting and not enabled and not self.alive
        super().set_accept_enabled(enabled)
        for listener in self.sockets if closes else ():
            while select([listener], [], [], 0)[0]:
                self.accept(listener)
            listener.sock.shutdown(SHUT_RDWR)


def keep_to_one_core() -> None:
    """Run all threads of this process on one of its cores, where the system can be told so.

    Python runs one thread at a time: on two cores half of the time goes into passing that right to and fro.
    """
    if hasattr(os, "sched_setaffinity"):
        cores = sorted(os.sched_getaffinity(0))
        os.sched_setaffinity(0, {cores[os.getpid() % len(cores)]})  # two servers rarely share one


def follows(line: socket) -> bool:
    """Tell whether more comes on a line at once, be it its end."""
    waiting = poll()
    waiting.register(line, POLLIN)
    return bool(waiting.poll(STAY_MS))


def post_worker_init(worker: Any) -> None:
    """Tell the person at the keyboard where to look; the worker answers from now on."""
    # Charter, texts and code stay for good: to look at all of them again would halt everybody for a moment.
    gc.collect()
    gc.freeze()
    host, port = worker.cfg.address[0]
    print(f"Piagam 112: http://{host}:{port}/", flush=True)


def worker_exit(_server: Any, worker: Any) -> None:
    """Write what waits before the process ends."""
    database.close_app(worker.wsgi)
