"""Small numbers: hidden once, and not to be computed back."""

from __future__ import annotations

import os
from math import inf

import pytest
from msgspec.structs import replace

from attacker import YEAR, least, linked_tables, recoverable, unsafe, with_changes
from complaints_learning import protect
from complaints_learning.nouns import wording
from complaints_learning.nouns.findings import (
    ChartPlan,
    Condition,
    Figure,
    Findings,
    Listing,
    Series,
    Sum,
)
from complaints_learning.nouns.settings import SmallNumbers
from complaints_learning.protect import ground, hide, links, small, walks

UNDER_FIVE = SmallNumbers()
DFE = SmallNumbers(rule="dfe")


def found(counts: dict[str, int], *sums: Sum, **more: Figure) -> Findings:
    """Findings with plain counts."""
    figures = {name: Figure(name, value, name) for name, value in counts.items()}
    return Findings(YEAR, {**figures, **more}, sums=sums)


def shown(findings: Findings, rule: SmallNumbers = UNDER_FIVE) -> dict[str, int | float | None]:
    """Each figure's value in the public edition, without the count of hidden ones."""
    public = protect.for_edition(findings, "public", rule)
    return {n: f.value for n, f in public.figures.items() if n != "masked.cells"}


def test_counts_of_one_to_four_are_hidden_and_nought_and_five_are_shown() -> None:
    counts = dict(zip("abcdef", range(6), strict=True))
    assert shown(found(counts)) == {"a": 0, "b": None, "c": None, "d": None, "e": None, "f": 5}


def test_the_department_for_educations_rule_hides_five_as_well() -> None:
    assert shown(found({"a": 0, "b": 5, "c": 6}), DFE) == {"a": 0, "b": None, "c": 6}


def test_a_threshold_of_one_hides_nothing() -> None:
    assert shown(found({"a": 1}), SmallNumbers(threshold=1)) == {"a": 1}


def test_the_internal_edition_is_what_was_counted() -> None:
    findings = found({"a": 1})
    assert protect.for_edition(findings, "internal", UNDER_FIVE) is findings


def test_no_figures_give_no_figures() -> None:
    assert shown(found({})) == {}


def test_a_total_with_one_small_part_hides_a_second_part() -> None:
    counts = {"all": 60, "a": 2, "b": 8, "c": 50}
    findings = found(counts, Sum("all", ("a", "b", "c")))
    assert shown(findings) == {"all": 60, "a": None, "b": None, "c": 50}


def test_what_is_hidden_never_says_why() -> None:
    findings = found({"all": 60, "a": 2, "b": 8, "c": 50}, Sum("all", ("a", "b", "c")))
    public = protect.for_edition(findings, "public", UNDER_FIVE)
    assert {f.masked for f in public.figures.values() if f.value is None} == {"hidden"}


def test_two_small_parts_whose_sum_is_small_need_a_third() -> None:
    counts = {"all": 32, "a": 1, "b": 1, "c": 10, "d": 20}
    findings = found(counts, Sum("all", ("a", "b", "c", "d")))
    assert shown(findings) == {"all": 32, "a": None, "b": None, "c": None, "d": 20}


def test_a_remainder_of_two_is_hidden_with_the_count_that_leaves_it() -> None:
    on_time = Figure("on_time", 28, "answered on time", of=30, of_name="answered")
    assert shown(found({"answered": 30}, on_time=on_time)) == {"answered": 30, "on_time": None}


def test_a_denominator_that_is_hidden_is_hidden_wherever_it_stands() -> None:
    findings = found(
        {"team": 3}, none=Figure("none", 0, "upheld in the team", of=3, of_name="team")
    )
    public = protect.for_edition(findings, "public", UNDER_FIVE)
    assert public.figures["none"].value == 0
    assert public.figures["none"].of is None


def test_the_same_count_under_another_name_is_hidden_too() -> None:
    assert shown(found({"a": 3, "b": 3}, Sum("a", ("b",)))) == {"a": None, "b": None}


def test_the_change_from_last_year_cannot_be_used_to_compute_a_small_number() -> None:
    findings = found(
        {"now": 3, "previous.now": 12, "change.now": -9}, Sum("now", ("previous.now", "change.now"))
    )
    assert shown(findings) == {"now": None, "previous.now": 12, "change.now": None}


def test_a_fall_to_none_from_a_few_is_hidden_and_the_search_for_cover_ends() -> None:
    fall = Figure("change.now", -3, "change", of=3, of_name="previous.now", base=3)
    counts = {"now": 0, "previous.now": 3, "all": 40, "others": 37}
    sums = (Sum("now", ("previous.now", "change.now")), Sum("all", ("previous.now", "others")))
    public = shown(found(counts, *sums, **{"change.now": fall}))
    assert (public["previous.now"], public["change.now"]) == (None, None)


def test_a_median_of_three_cases_is_hidden_and_one_of_thirty_is_shown() -> None:
    thin = Figure("thin", 12.5, "median days", unit="working days", base=3)
    sound = Figure("sound", 9.5, "median days", unit="working days", base=30)
    assert shown(found({}, thin=thin, sound=sound)) == {"thin": None, "sound": 9.5}
    public = protect.for_edition(found({}, thin=thin, sound=sound), "public", UNDER_FIVE).figures
    assert (public["thin"].base, public["sound"].base) == (None, 30)  # how few would tell, too
    few, full = (Figure(n, 9.5, n, base=b, needs=30) for n, b in (("few", 29), ("full", 30)))
    assert shown(found({}, few=few, full=full)) == {"few": None, "full": 9.5}


def test_money_paid_to_one_family_cannot_be_found_by_subtraction() -> None:
    money = {
        name: Figure(name, value, name, unit="pounds", base=base)
        for name, value, base in (
            ("paid", 1000.0, 20),
            ("paid.a", 250.0, 1),
            ("paid.b", 350.0, 9),
            ("paid.c", 400.0, 10),
        )
    }
    findings = found({}, Sum("paid", ("paid.a", "paid.b", "paid.c")), **money)
    assert shown(findings) == {"paid": 1000.0, "paid.a": None, "paid.b": None, "paid.c": 400.0}


def test_counts_of_things_that_are_nobody_are_shown_however_few() -> None:
    assert shown(found({}, a=Figure("a", 2, "actions overdue", unit="actions"))) == {"a": 2}


def test_the_report_is_told_how_many_figures_are_hidden_and_of_how_many() -> None:
    findings = found({"all": 60, "a": 2, "b": 8, "c": 50}, Sum("all", ("a", "b", "c")))
    said = protect.for_edition(findings, "public", UNDER_FIVE).figures["masked.cells"]
    assert (said.value, said.of) == (2, 4)


def test_a_sum_that_does_not_add_up_is_a_mistake_of_ours_and_stops() -> None:
    with pytest.raises(ValueError, match="the parts of all do not add up to it"):
        shown(found({"all": 9, "a": 2}, Sum("all", ("a",))))


def test_the_same_findings_are_hidden_the_same_way_twice() -> None:
    findings = linked_tables(5)
    assert shown(findings) == shown(findings)


@pytest.mark.parametrize("seed", range(int(os.environ.get("CL_TABLES", "60"))))
def test_nothing_comes_back_from_linked_tables(seed: int) -> None:
    findings = linked_tables(seed)
    public = protect.for_edition(findings, "public", UNDER_FIVE)
    assert unsafe(findings, public, 4) == []
    assert recoverable(findings, public) == []


@pytest.mark.parametrize("seed", range(12))
def test_nothing_comes_back_from_what_was_and_how_far_it_moved(seed: int) -> None:
    findings = with_changes(linked_tables(seed), seed)
    public = protect.for_edition(findings, "public", UNDER_FIVE)
    assert unsafe(findings, public, 4) == []
    assert recoverable(findings, public) == []


def test_an_attacker_does_find_a_small_number_by_how_far_it_moved() -> None:
    """So that the test above can fail."""
    moved = Figure("change", -80.0, "moved", unit="percent", base=24, compares=("was", "is"))
    findings = found({"was": 20, "is": 4}, change=moved)
    public = protect.for_edition(findings, "public", UNDER_FIVE)
    assert public.figures["change"].value is None
    careless = Findings(YEAR, {**public.figures, "change": moved})
    assert unsafe(findings, careless, 4) == ["is"]
    assert recoverable(findings, careless) == ["is"]


@pytest.mark.parametrize("seed", range(6))
def test_a_search_that_runs_out_of_patience_hides_more_and_nothing_comes_back(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    findings = linked_tables(seed)
    patient = protect.masking(findings, UNDER_FIVE).hidden
    monkeypatch.setattr(walks, "_PATIENCE", 2)

    public = protect.for_edition(findings, "public", UNDER_FIVE)

    assert unsafe(findings, public, 4) == []
    assert recoverable(findings, public) == []
    assert len(protect.masking(findings, UNDER_FIVE).hidden) >= len(patient)


def test_a_search_without_patience_hides_the_whole_of_a_table_and_nothing_of_another(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    counts = {"all": 60, "a": 2, "b": 8, "c": 50, "of": 70, "x": 30, "y": 20, "z": 20}
    findings = found(counts, Sum("all", ("a", "b", "c")), Sum("of", ("x", "y", "z")))
    assert [n for n, value in shown(findings).items() if value is None] == ["a", "b"]
    monkeypatch.setattr(walks, "_PATIENCE", 0)
    assert [n for n, value in shown(findings).items() if value is None] == ["all", "a", "b", "c"]


def test_an_attacker_does_find_small_numbers_that_are_hidden_alone() -> None:
    """So that the test above can fail."""
    findings = found({"all": 60, "a": 2, "b": 8, "c": 50}, Sum("all", ("a", "b", "c")))
    alone = protect.for_edition(found({"a": 2}), "public", UNDER_FIVE).figures["a"]
    public = Findings(YEAR, {**findings.figures, "a": alone}, sums=findings.sums)
    assert unsafe(findings, public, 4) == ["a"]
    assert recoverable(findings, public) == ["a"]


def test_a_share_or_rate_of_a_hidden_count_is_hidden_with_it() -> None:
    rate = Figure("rate", 12.5, "late per 1,000 contacts", unit="percent", base=40)
    moved = Figure("change.late.share", -3.5, "percentage points", unit="percentage points")
    before = Figure("previous.late", 2, "late the year before")
    findings = found({"late": 40}, rate=rate, **{"change.late.share": moved, before.name: before})
    assert shown(findings) == {
        "late": 40,
        "rate": 12.5,
        "change.late.share": None,
        "previous.late": None,
    }


@pytest.mark.parametrize(
    ("rate", "hidden"),
    [
        *(("all.late.rate", True), ("rate.all.late", True), ("all.of.late.rate", True)),
        *(("change.all.late", True), ("all.rate", False), ("all.of.every.late.rate", False)),
    ],
)
def test_a_rate_goes_with_the_count_it_is_named_after_by_up_to_two_words(
    rate: str, hidden: bool
) -> None:
    rates = {rate: Figure(rate, 12.5, rate, "percent", base=40)}
    assert (shown(found({"all.late": 2}, **rates))[rate] is None) == hidden


@pytest.mark.parametrize("counts", [{"was": 20, "is": 3}, {"was": 3, "is": 20}])
def test_a_change_goes_with_its_interval_when_either_end_is_hidden(counts: dict[str, int]) -> None:
    moved = Figure(
        "moved", -85.0, "", "percent", base=23, low=-97.0, high=-40.0, compares=("was", "is")
    )
    public = protect.for_edition(found(counts, moved=moved), "public", UNDER_FIVE)
    left = public.figures["moved"]
    assert (left.value, left.low, left.high, left.masked) == (None, None, None, "hidden")


def test_the_limits_of_a_control_chart_with_a_hidden_month_are_hidden() -> None:
    months = {"m1": 30, "m2": 2, "m3": 8, "all": 40}
    limits = {n: Figure(n, v, n, base=3) for n, v in (("mean", 13.3), ("low", 0.0), ("up", 60.0))}
    findings = replace(
        found(months, Sum("all", ("m1", "m2", "m3")), **limits),
        charts={
            "months": ChartPlan(
                name="months",
                title="By month",
                kind="xmr",
                labels=("1", "2", "3"),
                series=(Series("Received", ("m1", "m2", "m3")),),
                unit="complaints",
                grid="",
                centre="mean",
                lower="low",
                upper="up",
            )
        },
    )
    assert [n for n, v in shown(findings).items() if v is None] == ["m2", "m3", "mean", "low", "up"]


def test_a_breakdown_that_nobody_declared_as_a_sum_is_linked_by_its_rules() -> None:
    def counted(name: str, value: int, *services: str) -> Figure:
        rule = (Condition("service", services),) if services else ()
        return Figure(name, value, name, rows="complaints", rule=rule)

    figures = {
        f.name: f
        for f in (
            counted("all", 60),
            counted("a", 2, "A"),
            counted("b", 8, "B"),
            counted("c", 50, "C"),
            counted("a_or_b", 10, "A", "B"),
        )
    }
    assert shown(Findings(YEAR, figures)) == {
        "all": 60,
        "a": None,
        "b": None,
        "c": 50,
        "a_or_b": 10,
    }
    figures["b_or_c"] = counted("b_or_c", 58, "B", "C")
    del figures["a_or_b"]
    assert [n for n, value in shown(Findings(YEAR, figures)).items() if value is None] == [
        *("a", "b", "b_or_c")
    ]


def test_a_verdict_on_a_hidden_figure_is_not_told() -> None:
    findings = replace(found({"a": 3, "b": 9}), facts={"a": "down", "b": "up"})
    assert protect.for_edition(findings, "public", UNDER_FIVE).facts == {"b": "up"}


def test_what_is_lost_is_near_the_least_that_could_be() -> None:
    """Against the exact optimum of a relaxation, over tables small enough for it."""
    ours = best = 0.0
    for seed in (0, 1, 2, 6, 7, 8, 12, 13, 14):
        findings = linked_tables(seed)
        system = links.system(findings)
        costs = ground.costs(system)
        cost = {n: costs[i] for n, i in system.index.items() if n in findings.figures}
        masked = protect.masking(findings, UNDER_FIVE)
        ours += sum(cost[name] for name in masked.linked)
        best += least(findings, set(masked.small), 4, cost)
    assert best <= ours <= 1.15 * best


def test_what_a_narrower_count_leaves_of_a_wider_one_is_hidden_though_nobody_declared_it() -> None:
    def counted(name: str, value: int, *rule: Condition) -> Figure:
        return Figure(name, value, name, rows="complaints", rule=rule)

    about, mainly = Condition("theme.delay", (True,)), Condition("primary", ("delay",))
    figures = {f.name: f for f in (counted("delay", 14, about), counted("main", 13, about, mainly))}
    assert shown(Findings(YEAR, figures)) == {"delay": 14, "main": None}


def test_one_count_in_two_units_is_hidden_in_both() -> None:
    def counted(name: str, value: int, unit: str, *values: str) -> Figure:
        rule = (Condition("kind", ("compliment",)),)
        if values:
            rule += (Condition("service", values),)
        return Figure(name, value, name, unit, rows="complaints", rule=rule)

    figures = {
        f.name: f
        for f in (
            counted("compliments", 6, "compliments"),
            counted("compliments.a", 3, "compliments", "A"),
            counted("compliments.b", 3, "compliments", "B"),
            counted("rows.compliment", 6, "complaints"),
        )
    }
    values = shown(Findings(YEAR, figures))
    assert values["compliments.a"] is values["compliments.b"] is None
    assert (values["compliments"] is None) == (values["rows.compliment"] is None)


def test_an_interval_does_not_tell_the_denominator_that_is_hidden() -> None:
    none = Figure("none", 0, "late in the team", of=3, of_name="team", low=0.0, high=56.2)
    public = protect.for_edition(found({"team": 3}, none=none), "public", UNDER_FIVE)
    told = public.figures["none"]
    assert (told.value, told.of, told.low, told.high) == (0, None, None, None)
    assert [wording.figure(told, show) for show in ("value", "percent", "interval")] == [
        *("0", "[c]", "[c]")  # hidden, which is not to have none
    ]


def test_a_denominator_and_an_interval_are_shown_where_neither_tells_anything() -> None:
    late = Figure("late", 10, "late in the team", of=30, of_name="team", low=19.2, high=51.2)
    public = protect.for_edition(found({"team": 30}, late=late), "public", UNDER_FIVE)
    assert public.figures["late"] == late


def test_months_that_stand_out_are_not_listed_where_a_month_is_hidden() -> None:
    months = {"m1": 30, "m2": 2, "n1": 30, "n2": 9}
    plans = {
        title: ChartPlan(title, title, "xmr", ("1", "2"), (Series(title, names),), "", "")
        for title, names in (("Upheld", ("m1", "m2")), ("Received", ("n1", "n2")))
    }
    seen = (("Received", "February 2022", "Low"), ("Upheld", "February 2022", "Low"))
    listed = Listing("signals", "Signals", ("Figure", "Months", "What was seen"), seen)
    findings = replace(found(months), charts=plans, listings={"signals": listed})
    public = protect.for_edition(findings, "public", UNDER_FIVE)
    assert public.listings["signals"].rows == seen[:1]
    assert protect.for_edition(findings, "internal", UNDER_FIVE).listings["signals"].rows == seen


def pair() -> links.System:
    """Seven of ten."""
    return links.System((("a",), ("b",)), (7.0, 10.0), (0.0, 0.0), (), ((0, 1),), {}, frozenset())


@pytest.mark.parametrize(
    ("moves", "times"),
    [
        *(({0: +1}, 3), ({1: -1}, 3), ({0: +1, 1: -1}, 1), ({0: +1, 1: +1}, inf)),
        *(({0: -1}, 7), ({0: -1, 1: -1}, 7), ({0: -2}, 3), ({0: +2}, 1), ({1: +1}, inf)),
    ],
)
def test_a_part_never_outgrows_its_whole_in_what_a_reader_could_think(
    moves: dict[int, int], times: float
) -> None:
    thinking = walks.Walks(ground.Ground(pair(), [1.0, 1.0]))
    assert thinking.times(moves) == times


@pytest.mark.parametrize(("limit", "small_rest"), [(2, False), (3, True), (6, True), (7, False)])
def test_a_small_remainder_has_to_be_safe_itself_and_not_only_the_count_that_leaves_it(
    limit: int, small_rest: bool
) -> None:
    seven_of_ten = replace(pair(), people=frozenset({0}))
    rest = [t for t in small.targets(seven_of_ten, {}, limit) if t.whole >= 0]
    assert rest == [ground.Target(0, limit, limit + 1, whole=1)] * small_rest


def test_totals_denominators_large_numbers_and_what_stands_in_many_places_are_hidden_last() -> None:
    system = links.System(
        names=(("all",), ("a",), ("b", "also_b"), ("of",)),
        values=(15.0, 7.0, 7.0, 7.0),
        least=(0.0,) * 4,
        links=(((0, -1), (1, +1), (2, +1)),),
        pairs=((1, 3),),
        index={},
        people=frozenset(),
    )
    assert ground.costs(system) == [
        *(1 + 4 / 8 + 0.5, 1 + 3 / 8, 1 + 3 / 8 + 0.25, 1 + 3 / 8 + 0.25),
    ]


def test_what_was_seen_of_a_remainder_is_seen_in_the_way_it_moved() -> None:
    witnesses = hide.Witnesses((10.0, 7.0))
    rest = ground.Target(1, 2, 0.0, whole=0)
    assert witnesses.of(rest) == (0, 0)
    witnesses.add(rest, +1, 3, [], ())
    witnesses.add(rest, +1, 2, [], ())
    assert witnesses.of(rest) == (3, 0)
    witnesses.add(rest, -1, 1, [], ())
    assert witnesses.of(rest) == (3, 1)


def test_what_was_seen_of_a_count_is_the_furthest_that_any_walk_took_it() -> None:
    witnesses = hide.Witnesses((10.0, 7.0))
    few = ground.Target(1, 2, 0.0)
    assert witnesses.of(few) == (0, 0)
    for seen in (5.0, 9.0, 6.0, 8.0):
        witnesses.add(ground.Target(0, 2, 0.0), +1, 1, [10.0, seen], {1})
    assert witnesses.of(few) == (2, 2)
    assert witnesses.moved == {1}


def test_a_total_of_one_number_twice_is_hidden_with_it() -> None:
    findings = found({"all": 8, "a": 4, "b": 4}, Sum("all", ("a", "b")), Sum("a", ("b",)))
    assert shown(findings) == {"all": None, "a": None, "b": None}


@pytest.mark.parametrize(
    ("name", "changes"),
    [("theme.delay.change_share.x", True), ("change.received", True), ("exchanged.cards", False)],
)
def test_a_change_is_known_by_its_name(name: str, changes: bool) -> None:
    assert links.is_change(Figure(name, 3, name)) == changes
