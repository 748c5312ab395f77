"""Themes found in partitions by Dask are those found in one process."""

from __future__ import annotations

import sys
from pathlib import Path

import pandas as pd
import pytest

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "benchmarks"))

import beyond


def test_the_themes_of_a_part_are_the_same_alone_and_among_others() -> None:
    table = beyond.texts(60)
    whole = beyond.themes_of(table)
    parts = pd.concat(map(beyond.themes_of, (table.iloc[:7], table.iloc[7:8], table.iloc[8:])))
    assert len(whole) >= 60
    assert beyond.same(whole, parts)
    assert not beyond.same(whole, parts.assign(primary=~parts["primary"]))


def test_an_empty_part_has_the_columns_that_dask_is_told() -> None:
    empty = beyond.themes_of(beyond.texts(0))
    assert len(empty) == 0
    assert list(empty.columns) == ["reference", *beyond.SHAPE]


def test_dask_over_parquet_gives_what_one_process_gives(tmp_path: Path) -> None:
    pytest.importorskip("dask.dataframe", reason="an optional extra: make beyond runs it")
    table = beyond.texts(40)
    for n in range(2):
        table.iloc[n * 20 : n * 20 + 20].to_parquet(tmp_path / f"part-{n}.parquet", index=False)
    assert beyond.same(beyond.themes_of(table), beyond.by_dask(tmp_path, 2))
