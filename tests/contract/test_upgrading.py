"""Upgrading: a database comes to this release whole or not at all, and the tables are the ones the code means."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import inspect, text

from storage.engine import open_engines
from storage.failpoints import Point
from storage.schema import metadata
from storage.upgrading import TooNew, upgrade


@pytest.fixture
def engine(bare_url):
    """A writing engine on the empty database."""
    engines = open_engines(bare_url)
    yield engines.writing
    engines.close()


def shape(engine):
    """Return every table with its columns, keys, indexes and constraints, as the database tells them."""
    look = inspect(engine)
    return {
        name: (
            [(c["name"], str(c["type"]), c["nullable"]) for c in look.get_columns(name)],
            look.get_pk_constraint(name)["constrained_columns"],
            sorted((i["name"], str(i["column_names"]), bool(i["unique"])) for i in look.get_indexes(name)),
            sorted((u["name"], str(u["column_names"])) for u in look.get_unique_constraints(name)),
            sorted(f["name"] for f in look.get_foreign_keys(name)),
        )
        for name in look.get_table_names()
        if name != "alembic_version"
    }


def test_migrated_tables_equal_fresh_ones(engine):
    """The migrations make exactly what storage/schema.py says."""
    upgrade(engine)
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
    migrated = shape(engine)
    with engine.begin() as connection:
        metadata.drop_all(connection)
        metadata.create_all(connection)
    assert shape(engine) == migrated


def test_upgrading_again_changes_nothing(engine):
    """Every start upgrades."""
    upgrade(engine)
    before = shape(engine)
    upgrade(engine)
    assert shape(engine) == before


def test_an_upgrade_cut_short_leaves_nothing(engine):
    """The next start begins where the last one began."""

    def fail(point):
        assert point is Point.IN_MIGRATION
        raise OSError("gone")

    with pytest.raises(OSError, match="gone"):
        upgrade(engine, fail)
    assert inspect(engine).get_table_names() == []
    upgrade(engine)
    assert "entries" in shape(engine)


def test_processes_that_start_together_upgrade_once(bare_url):
    """One does it, the others wait and find it done."""
    engines = [open_engines(bare_url) for _ in range(4)]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(lambda one: upgrade(one.writing), engines)) == [None] * 4
    for one in engines:
        one.close()


def test_a_newer_database_is_left_alone(engine):
    """An old release does not write into tables that it does not know."""
    upgrade(engine)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(TooNew):
        upgrade(engine)
