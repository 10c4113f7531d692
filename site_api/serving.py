"""How gunicorn serves the app on one machine: one process, sixteen threads, one line when it is ready."""

from typing import Any

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
