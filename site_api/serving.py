"""How gunicorn serves the app on one machine: one process, sixteen threads, one line when it is ready."""

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
    host, port = worker.cfg.address[0]
    print(f"Piagam 112: http://{host}:{port}/", flush=True)


def worker_exit(_server: Any, worker: Any) -> None:
    """Write what waits before the process ends."""
    database.close_app(worker.wsgi)
