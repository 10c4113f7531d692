import sqlite3
from http import HTTPStatus

import pytest
from sqlalchemy.exc import DatabaseError, IntegrityError, OperationalError
from werkzeug import exceptions

from site_api.error_pages import problem_from
from site_api.errors import (
    BadRequest,
    CannotRead,
    Fault,
    MethodNotAllowed,
    NotFound,
    PayloadTooLarge,
    SiteNotBuilt,
    Unavailable,
    UnsupportedMediaType,
)
from site_api.problem_types import PROBLEMS


@pytest.mark.parametrize(
    ("error", "kind", "status"),
    [
        (exceptions.BadRequest(), BadRequest, 400),
        (exceptions.NotFound(), NotFound, 404),
        (exceptions.MethodNotAllowed(), MethodNotAllowed, 405),
        (exceptions.RequestEntityTooLarge(), PayloadTooLarge, 413),
        (exceptions.InternalServerError(), Fault, 500),
        (exceptions.ServiceUnavailable(), Unavailable, 503),
        (exceptions.UnsupportedMediaType(), UnsupportedMediaType, 415),
        (exceptions.ImATeapot(), BadRequest, 418),
        (exceptions.BadGateway(), Fault, 502),
        (DatabaseError("SELECT 1", None, Exception("file is not a database")), CannotRead, 503),
        (OperationalError("SELECT 1", None, Exception("disk I/O error")), CannotRead, 503),
        (sqlite3.DatabaseError("file is not a database"), CannotRead, 503),
        (sqlite3.OperationalError("disk I/O error"), CannotRead, 503),
        (IntegrityError("INSERT", None, Exception("UNIQUE constraint failed")), Fault, 500),
        (sqlite3.IntegrityError("UNIQUE constraint failed"), Fault, 500),
        (ZeroDivisionError(), Fault, 500),
        (SiteNotBuilt(), SiteNotBuilt, 503),
    ],
)
def test_every_exception_becomes_a_problem_with_its_status(error, kind, status):
    problem = problem_from(error)

    assert (type(problem), problem.status) == (kind, status)


def test_a_refused_method_keeps_the_list_of_allowed_ones():
    problem = problem_from(exceptions.MethodNotAllowed(["GET", "HEAD"]))

    assert problem.headers == {"Allow": "GET, HEAD"}


def test_a_status_without_words_of_its_own_changes_no_other_problem():
    problem_from(exceptions.ImATeapot())

    assert BadRequest().status == HTTPStatus.BAD_REQUEST


def test_every_problem_has_a_key_of_its_own():
    keys = [problem.key for problem in PROBLEMS]

    assert len(set(keys)) == len(keys)
