"""The databases that are measured: SQLite always, PostgreSQL where the machine has its server, safe as it ships."""

from __future__ import annotations

import itertools
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import psycopg

from tests.postgres_cluster import PostgresCluster, server_programs

Fresh = Callable[[], str]


@contextmanager
def databases() -> Iterator[Mapping[str, Fresh]]:
    """Give for each database a function that returns an empty one's address ("": SQLite in a folder of its own)."""
    programs = server_programs()
    if programs is None:
        yield {"sqlite": lambda: ""}
        return
    with tempfile.TemporaryDirectory(prefix="chairside-pg-", ignore_cleanup_errors=True) as folder:
        cluster = PostgresCluster(folder=Path(folder), programs=programs)
        cluster.create()
        cluster.start()
        try:
            yield {"sqlite": lambda: "", "postgresql": _fresh(cluster)}
        finally:
            cluster.stop()


def _fresh(cluster: PostgresCluster) -> Fresh:
    numbers = itertools.count(1)

    def fresh() -> str:
        name = f"bench{next(numbers)}"
        with psycopg.connect(cluster.url, autocommit=True) as server:
            server.execute(f'CREATE DATABASE "{name}"'.encode())
        return cluster.url.removesuffix("/postgres") + f"/{name}"

    return fresh
