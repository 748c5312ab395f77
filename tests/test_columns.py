"""Headers as councils write them: the column that each is, and what is offered for others."""

from __future__ import annotations

import pytest

from complaints_learning.nouns import columns


@pytest.mark.parametrize(
    ("header", "name"),
    [
        *(("Dt Recd", "received"), ("Rec'd Dt.", "received"), ("Svc Area", "service")),
        *(("St2 reply", "stage2_responded"), ("S2 Received", "stage2_received")),
        *(("Date esc. to St2", "stage2_received"), ("Stage3 Finding", "stage3_outcome")),
        *(("Date reply sent", "responded"), ("Target Dt", "due"), ("St1 Finding", "outcome")),
        *(("4. Upheld? (Y/N)", "outcome"), ("Case Desc.", "text"), ("Dt of Birth", "ignore")),
        *(("stg2_dt_resp", "stage2_responded"), ("stg1_dt_due", "due"), ("team_nm", "team")),
        *(("stg1_ext_yn", "extended"), ("svc_area_desc", "service"), ("OUTCOME_CD", "outcome")),
        *(("cmplt_cat_desc", "category"), ("CaseRef", "reference"), ("DateReceived", "received")),
        *(("cust_nm", "ignore"), ("remedy_desc", "remedy"), ("Stage", "stage")),
    ],
)
def test_a_short_header_is_read_in_full(header: str, name: str) -> None:
    found = columns.recognise(columns.REGISTER, header)
    assert found is not None and found[0] == name


def test_a_short_header_is_never_guessed() -> None:
    headers = ("Rec", "Resp. Officer", "2023 Outcome", "Remedy description", "Outcome")
    known = [header for header in headers if columns.recognise(columns.REGISTER, header)]
    assert known == ["Outcome"]


def test_no_header_means_two_columns() -> None:
    for table in columns.TABLES.values():
        meanings: dict[str, set[str]] = {}
        for column in table.columns:
            for header in column.headers:
                meanings.setdefault(columns.plain(header), set()).add(column.name)
        assert {h: sorted(n) for h, n in meanings.items() if len(n) > 1} == {}


def test_a_short_header_is_offered_the_column_that_it_begins() -> None:
    assert columns.closest(columns.REGISTER, "Ext?")[0] == "extended"
    assert "gender" not in columns.closest(columns.REGISTER, "Ext?")
    assert columns.closest(columns.REGISTER, "Eth") == ("ethnicity",)
