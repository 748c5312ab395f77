"""What was counted before and after an action in; better, worse or one of three others out."""

from __future__ import annotations

from msgspec import Struct

from complaints_learning.measure import confirmed, statistics

LEAST = 3
"""The fewest months on each side of a completed action."""
VERDICTS: dict[str, str] = {
    "better": "Better",
    "worse": "Worse",
    "no_clear_change": "No clear change",
    "too_few": "Too few to say",
    "not_tested": "Not yet tested",
    "unlike": "Not comparable",
}


class Side(Struct, frozen=True):
    """What was counted on one side of an action.

    `months` are those of `span` that the register covers; `exposure` is how many they are, or
    their contacts; `met` of `of` audit results, of the questions `asked` on both sides, met the
    standard. `confirmed` is the share of all complaints received in the months whose themes a
    person decided.
    """

    months: tuple[str, ...]
    span: tuple[str, ...]
    asked: tuple[str, ...]
    complaints: int
    exposure: float
    met: int
    of: int
    confirmed: float = 0.0


class Verdict(Struct, frozen=True):
    """What complaints say, what audits say, and both together with what that rests on."""

    complaints: str
    audits: str
    overall: str
    basis: str


def judge(before: Side, after: Side, minimum: int) -> Verdict:
    """The verdict on two sides; the whole rule is in docs/measures.md."""
    complaints = _complaints(before, after, minimum)
    audits = _audits(before, after, minimum)
    overall, basis = _together(complaints, audits)
    return Verdict(complaints, audits, overall, basis)


def _complaints(before: Side, after: Side, minimum: int) -> str:
    if min(len(before.months), len(after.months)) < LEAST:
        return "not_tested"
    if before.complaints + after.complaints < minimum:
        return "too_few"
    if not confirmed.near(before.confirmed, after.confirmed):
        return "unlike"
    low, high = statistics.ratio_of_counts(
        after.complaints, before.complaints, after.exposure, before.exposure
    )
    return "worse" if low > 1 else "better" if high < 1 else "no_clear_change"


def _audits(before: Side, after: Side, minimum: int) -> str:
    if not before.of or not after.of:
        return "not_tested"
    if min(before.of, after.of) < minimum:
        return "too_few"
    low, high = statistics.difference_of_shares(after.met, after.of, before.met, before.of)
    return "better" if low > 0 else "worse" if high < 0 else "no_clear_change"


def _together(complaints: str, audits: str) -> tuple[str, str]:
    said = {complaints, audits}
    if said == {"better", "worse"}:
        return "no_clear_change", "mixed"
    if complaints == audits:
        return complaints, "both" if complaints in ("better", "worse", "no_clear_change") else ""
    for verdict in ("worse", "better"):
        if audits == verdict:
            return verdict, "audits"
        if complaints == verdict:
            # a fall that audits looked at and did not confirm is not called better
            if verdict == "better" and audits == "no_clear_change":
                return "no_clear_change", "mixed"
            return verdict, "complaints"
    if "no_clear_change" in said:
        return "no_clear_change", "audits" if audits == "no_clear_change" else "complaints"
    if complaints == "unlike":
        return "unlike", ""
    return "too_few", ""


def brief(overall: str, basis: str) -> str:
    """The verdict in a word or two; a fall in complaints alone is not called better.

    >>> brief("better", "both"), brief("better", "complaints"), brief("", "")
    ('Better', 'Fewer complaints', '-')
    """
    if overall == "better" and basis == "complaints":
        return "Fewer complaints"
    return VERDICTS.get(overall, "-")


def said(verdict: Verdict) -> str:
    """The verdict as a table says it: 'Better (audits)'.

    >>> said(Verdict("better", "not_tested", "better", "complaints"))
    'Better (complaints only; not audited)'
    """
    if not verdict.overall:
        return "-"
    rests_on = _rests_on(verdict)
    return f"{VERDICTS[verdict.overall]}{f' ({rests_on})' if rests_on else ''}"


def _rests_on(verdict: Verdict) -> str:
    if verdict.basis == "both":
        return "complaints and audits"
    if verdict.basis == "audits":
        return "audits"
    if verdict.basis == "mixed":
        fallen = "fewer" if verdict.complaints == "better" else "more"
        return f"{fallen} complaints, audits {_AUDITS[verdict.audits]}"
    if verdict.basis == "complaints":
        return {
            "not_tested": "complaints only; not audited",
            "too_few": "complaints only; too few audits to say",
        }.get(verdict.audits, "complaints; audits show no clear change")
    return ""


_AUDITS = {"better": "better", "worse": "worse", "no_clear_change": "show no clear change"}
