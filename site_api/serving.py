"""How gunicorn serves the app on one machine: one process, sixteen threads, one line when it is ready."""

import gc
from select import select
from socket import SHUT_RDWR
from typing import Any

from site_api import database

bind = "127.0.0.1:8112"
workers = 1
worker_class = "gthread"
threads = 16
control_socket_disable = True
loglevel = "warning"


def post_worker_init(worker: Any) -> None:
    """Tell the person at the keyboard where to look; the worker answers from now on."""
    # Charter, texts and code stay for good: to look at all of them again would halt everybody for a moment.
    gc.collect()
    gc.freeze()
    host, port = worker.cfg.address[0]
    print(f"Piagam 112: http://{host}:{port}/", flush=True)
    _close_door_at_the_end(worker)


def worker_exit(_server: Any, worker: Any) -> None:
    """Write what waits before the process ends."""
    database.close_app(worker.wsgi)


def _close_door_at_the_end(worker: Any) -> None:
    # A worker that stops accepts nobody more, yet its socket would go on taking lines that nobody answers:
    # whoever waits there is taken in, and who comes later is refused at once.
    accept_or_not = worker.set_accept_enabled

    def and_close(is_enabled: bool) -> None:
        accept_or_not(is_enabled)
        if is_enabled or worker.alive:
            return
        worker.set_accept_enabled = accept_or_not
        for listener in worker.sockets:
            while select([listener], [], [], 0)[0]:
                worker.accept(listener)
            listener.sock.shutdown(SHUT_RDWR)

    worker.set_accept_enabled = and_close
