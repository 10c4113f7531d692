"""Work for a second core, done while ours goes on."""

import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import Any, Generic, TypeVar

from charter_data.problems import RefusedError

T = TypeVar("T")
FORK = get_context("fork")  # the work finds all that is loaded, and nothing has to be sent to it


class AsideError(RefusedError):
    """Say that the work ended without a word: something from outside has stopped it."""


class Aside(Generic[T]):
    """Hold what the work gave, once its block has ended."""

    given: T


@contextmanager
def aside(work: Callable[[], T]) -> Iterator[Aside[T]]:
    """Do work in a process of its own, and wait for it where the block ends; raises what it raised.

    A block that fails does not wait: the work is stopped. Raises AsideError when it was stopped from outside.
    """
    told: Aside[T] = Aside()
    heard, said = FORK.Pipe(duplex=False)
    process = FORK.Process(target=_do, args=(work, said))
    process.start()
    said.close()
    try:
        yield told
        failure, given = _hear(heard)
    finally:
        process.terminate()
        process.join()
        heard.close()
    if failure is not None:
        raise failure
    told.given = given


def _hear(heard: Connection) -> tuple[Exception | None, Any]:
    try:
        failure, given = heard.recv()
    except EOFError:
        raise AsideError("a part of the build was stopped from outside: build again") from None
    return failure, given


def _do(work: Callable[[], object], said: Connection) -> None:
    try:
        said.send((None, work()))
    except Exception as error:
        if not isinstance(error, RefusedError | OSError):
            error.add_note(traceback.format_exc())  # the place is known in this process alone
        said.send((error, None))
