"""The database: opened, brought up to date, and handed out as sessions. SQLite, or PostgreSQL by its address."""

import sqlite3
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy import Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session, sessionmaker

MIGRATIONS = Path(__file__).parent / "migrations"
BUSY_MILLISECONDS = 10_000


FULL = (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR)


def no_room(error: BaseException) -> bool:
    """Whether the database could not write because the disk is full. SQLite may call that an input or output error."""
    cause = error.orig if isinstance(error, DBAPIError) else None
    return isinstance(cause, sqlite3.Error) and getattr(cause, "sqlite_errorcode", 0) & 0xFF in FULL


def open_database(address: str) -> sessionmaker[Session]:
    """Sessions of the database at `address` (`sqlite:///data/trainyard.sqlite`), with every migration applied."""
    engine = create_engine(address)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _as_we_want_it)
    _upgrade(engine)
    return sessionmaker(engine, expire_on_commit=False)


def _as_we_want_it(connection: sqlite3.Connection, _record: Any) -> None:
    # WAL: readers never wait for the projector. NORMAL: a power cut may lose the last rows, which the logs give back.
    cursor = connection.cursor()
    for pragma in (
        "journal_mode=WAL",
        f"busy_timeout={BUSY_MILLISECONDS}",
        "synchronous=NORMAL",
        "foreign_keys=ON",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _upgrade(engine: Engine) -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
