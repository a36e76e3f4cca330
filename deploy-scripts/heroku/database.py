"""The PostgreSQL side of the container: is the schema right, and bring it up to date.

    database.py check     prints `empty` or `ready`; an unreachable or outdated database is one line and exit 1
    database.py migrate   creates or upgrades the schema, once even if several start at the same time

The address comes from MLFLOW_BACKEND_STORE_URI in the environment, never from the command line.
"""

import os
import sys
import time
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

import psycopg

MIGRATION_LOCK = 0x6D6C666C6F77  # any number that nothing else locks in this database
REACHABLE_WITHIN_SECONDS = 15


class Refused(Exception):
    """One line for the person who reads the log."""


def connection_settings(url):
    """Taken apart here, because the driver's own complaint about a bad URL quotes it, password and all."""
    try:
        parts = urlsplit(url)
        port = parts.port or 5432
    except ValueError:
        raise Refused(
            "DATABASE_URL is not a URL: write postgres://USER:PASSWORD@HOST:PORT/NAME"
            " and percent-encode special characters in the password"
        ) from None
    if not parts.hostname or len(parts.path) < 2:
        raise Refused("DATABASE_URL lacks the host or the database name: write postgres://USER:PASSWORD@HOST:PORT/NAME")
    return {
        **dict(parse_qsl(parts.query)),
        "host": parts.hostname,
        "port": port,
        "dbname": unquote(parts.path[1:]),
        "user": unquote(parts.username or ""),
        "password": unquote(parts.password or ""),
        "connect_timeout": 5,
    }


def connect(settings):
    """Waits a little: a database that restarts is back within seconds."""
    until = time.monotonic() + REACHABLE_WITHIN_SECONDS
    while True:
        try:
            return psycopg.connect(**settings, autocommit=True)
        except psycopg.ProgrammingError:
            raise Refused("DATABASE_URL has an option behind its ? that PostgreSQL does not know") from None
        except psycopg.OperationalError as e:
            if time.monotonic() >= until:
                raise Refused(unreachable(settings, e)) from None
            time.sleep(1)


def unreachable(settings, error):
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    reason = lines[0] if lines else type(error).__name__
    if settings["password"]:
        reason = reason.replace(settings["password"], "***")
    return (
        f"DATABASE_URL: no connection to {settings['host']}:{settings['port']}/{settings['dbname']}"
        f" within {REACHABLE_WITHIN_SECONDS} s ({reason}). Check the address, the password and sslmode"
    )


def schema_state(connection):
    """`empty`, or `ready`, or the revision that an older (or newer) MLflow left behind."""
    tables = {row[0] for row in connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = ANY (current_schemas(false))")}
    if not tables - {"alembic_version"}:
        return "empty"
    if "alembic_version" not in tables:
        raise Refused("The database holds tables of something else and none of MLflow: give MLflow a database of its own")
    found = [row[0] for row in connection.execute("SELECT version_num FROM alembic_version")]
    expected = Path(sys.prefix, "schema-revision").read_text().strip()
    return "ready" if found == [expected] else f"at revision {' '.join(found) or 'none'} instead of {expected}"


def check(settings):
    with connect(settings) as connection:
        state = schema_state(connection)
    if state not in ("empty", "ready"):
        raise Refused(f"The database's schema is {state}: back it up, then run the release command `migrate` once")
    print(state)


def migrate(settings, url):
    with connect(settings) as connection:
        connection.execute("SELECT pg_advisory_lock(%s)", (MIGRATION_LOCK,))
        state = schema_state(connection)
        if state != "ready":
            upgrade(url, empty=state == "empty")
    print(f"The database's schema was {state}, now it is up to date" if state != "ready" else "The database's schema is up to date")


def upgrade(url, empty):
    """What `mlflow db upgrade` does; that command takes the URL only where every process list shows it."""
    from mlflow.store.db import utils

    engine = utils.create_sqlalchemy_engine_with_retry(url)
    if empty:
        utils._initialize_tables(engine)
    else:
        utils._upgrade_db(engine)
    engine.dispose()


def main(command):
    url = os.environ["MLFLOW_BACKEND_STORE_URI"]
    try:
        settings = connection_settings(url)
        if command == "check":
            check(settings)
        else:
            migrate(settings, url)
    except Refused as refusal:
        print(f"mlflow-gate: {refusal}.", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
