"""What complaints were about: complaints by theme, the concerns inside it, what travels with it.

A complaint has any number of themes, so theme counts add up to more than the complaints; what
adds up is concerns (one a complaint and theme), and complaints by their primary theme.
"""

from __future__ import annotations

from msgspec.structs import replace

from complaints_learning.measure import confirmed
from complaints_learning.measure.counting import Rule, where
from complaints_learning.measure.given import Given, Measure
from complaints_learning.measure.headline import COMPLAINT, UPHELD_OR_PARTLY
from complaints_learning.measure.ledger import Ledger, Scope, series
from complaints_learning.measure.prepare import Prepared
from complaints_learning.nouns.findings import Cell, ChartPlan
from complaints_learning.nouns.themes import SubTheme, Theme, Themes

_FIRST = where("first", True)


def reported(themes: Themes, prepared: Prepared) -> list[Theme]:
    """The themes in report order, and what a label has that they do not: theme or sub-theme."""
    extra = [Theme(code, code) for code in prepared.theme_codes if code not in themes.codes]
    return [_with_used(theme, prepared) for theme in (*themes, *extra)]


def _with_used(theme: Theme, prepared: Prepared) -> Theme:
    used = prepared.concerns.narrowed(where("theme", theme.code)).values("sub_theme")
    known = {sub.code for sub in theme.sub_themes}
    extra = [_sub(str(code), str(code)) for code in used if code and str(code) not in known]
    return replace(theme, sub_themes=(*theme.sub_themes, *extra))


def _sub(code: str, title: str) -> SubTheme:
    return SubTheme(code, title, title)


def count(given: Given, scope: Scope) -> None:
    """Count themes in `scope`."""
    ledger, prepared, themes = given.ledger, given.prepared, given.themes
    compared = ["concerns.upheld_or_partly", "themed.upheld_or_partly"]
    compared += ["theme.none.received", "theme.none.upheld_or_partly"]
    for stem, rule, whole in (
        ("received", (COMPLAINT,), "received"),
        ("upheld_or_partly", (COMPLAINT, UPHELD_OR_PARTLY), "upheld or partially upheld"),
    ):
        _totals(ledger, prepared, scope, stem, rule, whole)
        for theme in themes:
            about = (*rule, _FIRST, where("theme", theme.code))
            for part, more, said in (
                ("", (), "that raise"),
                ("primary.", (where("primary", True),), "that are mainly about"),
            ):
                ledger.count(
                    scope,
                    f"theme.{theme.code}.{part}{stem}",
                    prepared.concerns,
                    (*about, *more),
                    f"Complaints {whole} {{when}} {said} '{theme.title}'",
                    of=stem,
                )
        codes = [theme.code for theme in themes]
        ledger.adds_up_in(scope, f"concerns.{stem}", [f"theme.{code}.{stem}" for code in codes])
        ledger.adds_up_in(
            scope, f"themed.{stem}", [f"theme.{code}.primary.{stem}" for code in codes]
        )
        compared += [f"theme.{code}.{stem}" for code in codes]
    for theme in themes:
        _inside(ledger, prepared, scope, theme)
    _together(ledger, prepared, scope, themes)
    ledger.compare(*compared)


def _totals(
    ledger: Ledger,
    prepared: Prepared,
    scope: Scope,
    stem: str,
    rule: Rule,
    whole: str,
) -> None:
    for name, themed, said in (
        ("themed", True, "with at least one theme"),
        ("theme.none", False, "with no theme found"),
    ):
        ledger.count(
            scope,
            f"{name}.{stem}",
            prepared.complaints,
            (*rule, where("themed", themed)),
            f"Complaints {whole} {{when}} {said}",
            of=stem,
        )
    ledger.count(
        scope,
        f"concerns.{stem}",
        prepared.concerns,
        (*rule, _FIRST),
        f"Concerns in complaints {whole} {{when}} (one for each complaint and theme)",
        unit="concerns",
    )
    for name, value, said in (
        ("sure", True, "whose main theme is sure"),
        ("unsure", False, "whose main theme is not sure"),
    ):
        ledger.count(
            scope,
            f"themed.{name}.{stem}",
            prepared.concerns,
            (*rule, _FIRST, where("primary", True), where("sure", value)),
            f"Complaints {whole} {{when}} {said}",
            of=f"themed.{stem}",
        )
    ledger.adds_up_in(
        scope, f"themed.{stem}", [f"themed.{name}.{stem}" for name in ("sure", "unsure")]
    )
    confirmed.count(ledger, prepared, scope, stem, rule, whole)
    ledger.adds_up_in(scope, stem, [f"themed.{stem}", f"theme.none.{stem}"])


def _inside(ledger: Ledger, prepared: Prepared, scope: Scope, theme: Theme) -> None:
    """Sub-themes of the theme's upheld complaints. They add up when each complaint has one."""
    whole, parts = f"theme.{theme.code}.upheld_or_partly", []
    rule = (COMPLAINT, UPHELD_OR_PARTLY, where("theme", theme.code))
    for sub in (*theme.sub_themes, _sub("", "no concern more exactly named")):
        stem = f"theme.{theme.code}.sub.{sub.code or 'none'}.upheld_or_partly"
        parts.append(stem)
        ledger.count(
            scope,
            stem,
            prepared.concerns,
            (*rule, where("sub_theme", sub.code)),
            f"Upheld or partially upheld {{when}} that raise '{theme.title}': {sub.title}",
            of=whole,
        )
    values = [ledger.value(scope.name(part)) or 0 for part in parts]
    if sum(values) == ledger.value(scope.name(whole)):
        ledger.adds_up_in(scope, whole, parts)


def _together(ledger: Ledger, prepared: Prepared, scope: Scope, themes: list[Theme]) -> None:
    """For each two themes, the upheld complaints that raise both."""
    for theme in themes:
        for other in themes:
            if theme is other:
                continue
            stem = f"theme.{theme.code}.with.{other.code}"
            ledger.count(
                scope,
                stem,
                prepared.complaints,
                (
                    COMPLAINT,
                    UPHELD_OR_PARTLY,
                    *sorted(
                        (
                            where(f"theme.{theme.code}", True),
                            where(f"theme.{other.code}", True),
                        ),
                        key=lambda condition: condition.column,
                    ),
                ),
                f"Complaints upheld or partially upheld {{when}} that raise '{theme.title}' "
                f"and '{other.title}'",
                of=f"theme.{theme.code}.upheld_or_partly",
            )
            mirror = scope.name(f"theme.{other.code}.with.{theme.code}")
            if mirror in ledger.figures:
                ledger.same(mirror, scope.name(stem))


def lay_out(given: Given) -> None:
    """The tables and the chart of themes."""
    ledger, themes, now, before = given.ledger, given.themes, given.now, given.before
    columns = (
        now.period.label,
        "Share",
        before.period.label,
        "Change",
        "Received",
    )
    lines = [
        *((theme.title, f"theme.{theme.code}") for theme in themes),
        ("No theme found", "theme.none"),
    ]
    ledger.grid(
        "themes",
        "Complaints upheld or partially upheld, by theme",
        "Theme",
        columns,
        {
            title: (
                ledger.shown(f"{stem}.upheld_or_partly"),
                ledger.shown(f"{stem}.upheld_or_partly", "percent"),
                ledger.shown(f"previous.{stem}.upheld_or_partly"),
                ledger.shown(f"change.{stem}.upheld_or_partly"),
                ledger.shown(f"{stem}.received"),
            )
            for title, stem in lines
        },
        notes=(
            "A complaint with several themes is counted under each. Share is of all complaints "
            "upheld or partially upheld; received, those upheld or not.",
        ),
    )
    ledger.chart(
        ChartPlan(
            "themes",
            "Complaints upheld or partially upheld by theme",
            "bars",
            tuple(title for title, _ in lines),
            (
                series(
                    "Upheld or partially upheld", [f"{stem}.upheld_or_partly" for _, stem in lines]
                ),
            ),
            "complaints",
            "themes",
        )
    )
    for theme in themes:
        _lay_out_inside(ledger, theme, now, before)
        _lay_out_together(ledger, theme, themes)


def _lay_out_inside(ledger: Ledger, theme: Theme, now: Scope, before: Scope) -> None:
    subs = (*theme.sub_themes, _sub("none", "Not more exactly named"))
    if not theme.sub_themes:
        return
    whole = f"theme.{theme.code}.upheld_or_partly"
    stems = {sub.title: f"theme.{theme.code}.sub.{sub.code}.upheld_or_partly" for sub in subs}
    ledger.grid(
        f"theme_{theme.code}_concerns",
        f"Concerns within {theme.title}, complaints upheld or partially upheld",
        "Concern",
        (now.period.label, "Share of the theme", before.period.label),
        {
            title: (
                ledger.shown(stem),
                ledger.shown(stem, "percent"),
                ledger.shown(f"previous.{stem}"),
            )
            for title, stem in stems.items()
        }
        | {
            "All of the theme": (
                ledger.shown(whole),
                Cell(text="-"),
                ledger.shown(f"previous.{whole}"),
            )
        },
    )


def _lay_out_together(ledger: Ledger, theme: Theme, themes: list[Theme]) -> None:
    stems = {
        other.title: f"theme.{theme.code}.with.{other.code}"
        for other in themes
        if other is not theme and ledger.value(f"theme.{theme.code}.with.{other.code}")
    }
    if stems:
        ledger.grid(
            f"theme_{theme.code}_with",
            f"Themes raised together with {theme.title}, complaints upheld or partially upheld",
            "Raised together with",
            ("Complaints", "Share of the theme"),
            {t: (ledger.shown(s), ledger.shown(s, "percent")) for t, s in stems.items()},
        )


MEASURE = Measure(count, lay_out=lay_out)
