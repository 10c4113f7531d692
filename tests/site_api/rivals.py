"""Somebody who is faster: changes the tables after another has read them and before that one writes."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread

from flask import Flask
from sqlalchemy import Connection

from site_api.database import WRITER


@contextmanager
def rival(app: Flask, statement: str) -> Iterator[None]:
    """Run a statement in the writer, just before the next job of anybody else."""
    writer, begun = app.extensions[WRITER], Event()

    def change(connection: Connection) -> None:
        begun.set()
        while not writer.waiting:  # until the other, who has read by then, wants to write
            pass
        connection.exec_driver_sql(statement)

    thread = Thread(target=writer.write, args=(change,))
    thread.start()
    assert begun.wait(5)
    yield
    thread.join()
