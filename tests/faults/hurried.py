"""The app as it would be if commits were not on disk when they are answered: what the tests must find out."""

from flask import Flask
from sqlalchemy import Connection, Engine, event

import site_api


@event.listens_for(Engine, "begin")
def hurry(connection: Connection) -> None:
    connection.exec_driver_sql("PRAGMA synchronous=NORMAL")


def create_app() -> Flask:
    return site_api.create_app()
