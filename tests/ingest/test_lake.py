"""The lake by itself: what it answers before there is data, and whom it lets write."""

import threading
from datetime import date, datetime

import duckdb
import pytest

from guanjian.customs import TABLES
from guanjian.customs.arrow import DUCKDB
from guanjian.ingest.lake import Lake, moment_of
from guanjian.ingest.publish import only_writer
from guanjian.kernel.errors import BadInput, NotFound, Stale
from tests.ingest.conftest import DECLARATIONS
from tests.ingest.test_importing import ONE, TWO


@pytest.mark.parametrize("table", TABLES)
def test_a_table_without_data_is_empty_and_typed(table, lake):
    with duckdb.connect() as connection:
        described = connection.execute(f"DESCRIBE {lake.select(table)}").fetchall()
    expected = {
        c.name: DUCKDB[c.type].replace("TIMESTAMPTZ", "TIMESTAMP WITH TIME ZONE") for c in TABLES[table].columns
    }
    assert {name: kind for name, kind, *_ in described} == expected


def test_a_table_with_data_has_the_same_types(bring, lake):
    empty = lake.select("declarations")
    bring("declarations.csv", DECLARATIONS + ONE)
    bring("declarations.csv", DECLARATIONS + ONE.replace("10.5", "11"))
    with duckdb.connect() as connection:
        kinds = [
            [(name, kind) for name, kind, *_ in connection.execute(f"DESCRIBE {query}").fetchall()]
            for query in (empty, lake.select("declarations"))
        ]
    assert kinds[0] == kinds[1]


def test_without_revisions_select_is_a_plain_read(bring, lake):
    bring("declarations.csv", DECLARATIONS + ONE)
    assert "JOIN" not in lake.select("declarations")
    bring("declarations.csv", DECLARATIONS + ONE.replace("10.5", "11") + TWO)
    assert "ANTI JOIN" in lake.select("declarations")


def test_a_folder_that_is_no_lake_is_refused(tmp_path):
    with pytest.raises(NotFound):
        Lake.open(tmp_path / "nowhere")
    (tmp_path / "mine.txt").write_text("x")
    with pytest.raises(BadInput, match="不是数据湖"):
        Lake.open(tmp_path, create=True)


def test_a_table_that_the_contract_does_not_have_is_not_found(lake):
    with pytest.raises(NotFound, match="apples"):
        lake.select("apples")


def test_only_one_may_write_and_the_others_are_told_who_does(lake):
    with only_writer(lake.root), pytest.raises(Stale, match="另一次导入"), only_writer(lake.root, wait_seconds=0.2):
        pytest.fail("two writers at once")


def test_a_batch_cannot_be_published_twice(bring, lake):
    bring("declarations.csv", DECLARATIONS + ONE)
    (manifest,) = lake.batches()
    with lake.writing(manifest.batch) as desk, pytest.raises(Stale):
        lake.publish(desk, manifest)


def test_importers_at_the_same_time_lose_and_double_nothing(lake, tmp_path, ask):
    from guanjian.ingest.importing import ingest

    rows = [f"A{n},2200,import,2025-01-01,0110,C,{n},\n" for n in range(60)]
    for n in range(6):
        (tmp_path / f"declarations.{n}.csv").write_text(DECLARATIONS + "".join(rows[n * 8 : n * 8 + 20]))
    receipts = []
    threads = [
        threading.Thread(
            target=lambda n=n: receipts.append(
                ingest([tmp_path / f"declarations.{n}.csv"], Lake.open(lake.root)).tables["declarations"]
            )
        )
        for n in range(6)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    lake.refresh()
    assert len(ask(lake.select("declarations"))) == 60
    assert sum(counts.accepted for counts in receipts) == 60
    assert sum(counts.read for counts in receipts) == 120


def test_as_of_a_day_means_its_end_in_shanghai():
    assert (
        moment_of("2025-01-31")
        == moment_of(date(2025, 1, 31))
        == datetime.fromisoformat("2025-01-31T23:59:59.999999+08:00")
    )
    assert moment_of("2025-01-31T10:00:00") == datetime.fromisoformat("2025-01-31T10:00:00+08:00")
    assert moment_of("2025-01-31T10:00:00Z") == datetime.fromisoformat("2025-01-31T10:00:00+00:00")
    assert moment_of(None) is None
