"""Upgrading: a database comes to this release whole or not at all, and the tables are the ones the code means."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Boolean, Integer, LargeBinary, MetaData, inspect, text

from storage.engine import open_engines
from storage.failpoints import Point
from storage.schema import metadata
from storage.upgrading import TooNew, _config, upgrade

REVISIONS = sorted(script.revision for script in ScriptDirectory("storage/migrations").walk_revisions())[:-1]


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
    with pytest.raises(TooNew, match="Run that release, or restore the backup"):
        upgrade(engine)


def _value(kind):
    """Return something that a column of this kind takes."""
    match kind:
        case Boolean():
            return True
        case Integer():
            return 1
        case LargeBinary():
            return b"x"
    return "x"


def _grown(connection, revision):
    """Write one row into every table of a release, each column filled by its kind; return the rows."""
    tables = MetaData()
    tables.reflect(connection)
    rows = {}
    for table in tables.sorted_tables:
        if table.name == "alembic_version":
            continue
        rows[table.name] = {c.name: _value(c.type) for c in table.c}
        connection.execute(table.insert(), [rows[table.name]])
    assert rows, revision
    return rows


@pytest.mark.parametrize("revision", REVISIONS)
def test_every_release_comes_to_this_one_with_what_it_held(engine, revision):
    """Each row of each table stands as it stood, and the tables are this release's."""
    with engine.connect() as connection, connection.begin():
        command.upgrade(_config(connection), revision)
        before = _grown(connection, revision)
    upgrade(engine)
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
        for name, row in before.items():
            (found,) = connection.execute(text(f"SELECT * FROM {name}")).mappings()
            assert {key: bytes(found[key]) if row[key] == b"x" else found[key] for key in row} == row
