"""The words councils use for coded values, and what each is counted as. Maps, never likeness."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping

from complaints_learning.check.cells import BLANK, text, token
from complaints_learning.check.values import Bad
from complaints_learning.nouns import alike
from complaints_learning.nouns.raw import Cell
from complaints_learning.nouns.records import OUTCOMES


def _spelt(**words: str) -> dict[str, str]:
    return {
        spelling.strip(): name for name, listed in words.items() for spelling in listed.split("|")
    }


OUTCOME_WORDS = _spelt(
    upheld="upheld|fully upheld|upheld fully|upheld in full|complaint upheld|full|justified"
    "|founded|substantiated|fully justified|wholly upheld|fault found",
    partly_upheld="partially upheld|partly upheld|part upheld|pu|p/u|upheld in part"
    "|upheld partially|upheld partly|partial|partially|partly|part|upheld - partially"
    "|upheld - in part"
    "|partially justified|partly justified|partially substantiated|partly substantiated"
    "|part justified|part substantiated|part founded|partly founded|partially founded"
    "|justified in part|substantiated in part|founded in part"
    "|some upheld|partial uphold|partial upheld|part-upheld|partly-upheld|partially-upheld"
    "|upheld / part upheld|part",
    not_upheld="not upheld|nu|n/u|not-upheld|unfounded|not justified|unsubstantiated"
    "|not substantiated|un-upheld|unupheld|not founded|unjustified|complaint not upheld|no fault"
    "|not up held|no fault found",
    no_finding="no finding|no findings|not proven|inconclusive|unable to reach a finding"
    "|no finding made|unable to determine|unproven|unresolved|no finding possible"
    "|finding not possible|undetermined",
    withdrawn="withdrawn|complaint withdrawn|withdrawn by complainant|withdrew"
    "|withdrawn by customer|cancelled",
    resolved="resolved|adr|alternative dispute resolution|resolved informally|informal resolution"
    "|local resolution|early resolution|resolved at first contact|informally resolved"
    "|resolved locally|resolved early",
    refused="rejected|refused|out of jurisdiction|not accepted|out of time|ooj|declined"
    "|not a complaint|not investigated|ineligible|not accepted as a complaint|out of remit",
    open="open|ongoing|on-going|on going|in progress|pending|awaiting outcome|awaiting response"
    "|under investigation|investigating|outstanding|not yet known|still open|live",
)
"""Every spelling that has one outcome with certainty. A council adds its own in [outcomes]."""

PROCEDURE_WORDS = _spelt(
    statutory="statutory|stat|statutory complaint|statutory procedure|statutory children"
    "|children act|children act 1989|childrens act|statutory childrens|statutory children s"
    "|statutory cs|statutory social care|csc statutory|cs statutory|children s statutory"
    "|statutory children s social care|statutory childrens social care|children s social care"
    "|childrens social care|statutory csc|social care statutory|complaint - statutory"
    "|statutory complaints",
    corporate="corporate|corp|corporate complaint|corporate procedure|non-statutory"
    "|non statutory|council|corporate complaints procedure|corporate - send|corporate send"
    "|complaint - corporate|corporate complaints",
)
KIND_WORDS = _spelt(
    complaint="complaint|complaints|formal complaint|statutory complaint|corporate complaint"
    "|representation|service complaint",
    compliment="compliment|compliments|praise|thank you|positive feedback",
    comment="comment|comments|feedback|suggestion|comment or suggestion",
    enquiry="enquiry|enquiries|inquiry|query|member enquiry|mp enquiry|members enquiry"
    "|councillor enquiry|mp / councillor enquiry|service request|information request"
    "|mp/councillor enquiry",
)
OTHER_KINDS = {word: kind for word, kind in KIND_WORDS.items() if kind != "complaint"}
"""Words for what is no complaint, wherever they stand: systems have one column for both."""
COMPLAINANT_WORDS = _spelt(
    child="child|young person|child or young person|child/young person|child / young person"
    "|care leaver|yp|service user|child in care|looked after child|cyp|young adult|self (child)",
    parent="parent|mother|father|mum|dad|both parents|parents|parent/carer|birth parent"
    "|birth mother|birth father|adoptive parent|step-parent|step parent|stepfather|stepmother"
    "|parent or guardian|parent / carer|parent/guardian",
    carer="carer|foster carer|grandparent|grandmother|grandfather|relative|guardian"
    "|special guardian|kinship carer|family member|aunt|uncle|other relative|carer or relative"
    "|sibling|carer/relative|foster carers|carer or other relative|connected person|sgo carer",
    advocate="advocate|solicitor|representative|advocate or representative|councillor|mp"
    "|legal representative|advocate/representative|advocacy|on behalf of child"
    "|advocate / representative",
    other="other|professional|neighbour|member of the public|public|school|agency|third party"
    "|anonymous|staff|general public|organisation",
)
ACTIVITY_WORDS = _spelt(
    practice_audit="practice audit|audit|case audit|case file audit|case audits|practice audits"
    "|quality audit|monthly audit|file audit|practice audit programme|collaborative audit",
    stocktake="stocktake|practice stocktake|stock take|stocktake and showcase|showcase"
    "|stocktake & showcase",
    deep_dive="deep dive|deep-dive|deep dive review|deep dives|service deep dive",
    training="training|training session|course|workshop|training course|learning event",
    ehc_quality_group="ehc quality group|ehc quality assurance group|multi-agency ehc quality group"
    "|ehcp quality group|ehc quality assurance|ehc plan audit|ehcp audit|multi-agency audit"
    "|ehc plan quality group|multi agency ehc quality group|ehc multi-agency quality group",
    out_of_office="out of office|out of office check|out of office checks|out-of-office"
    "|out-of-office check|mystery shopping",
    ehc_advice="ehc advice|ehc advice timeliness|advice for ehc|ehc advice quality"
    "|advice on time|ehc advice on time|advice for ehc assessments|ehc advice audit",
    survey="survey|family survey|feedback survey|parent survey|survey of families"
    "|parent and carer survey|parent carer survey|young people survey|families survey",
    other="other",
)
THEME_WORDS = _spelt(
    communication="communication|lack of communication|poor communication",
    staff_behaviour="staff behaviour|staff_behaviour|behaviour of staff|attitude of staff"
    "|staff attitude|staff conduct|conduct of staff|staff attitude and behaviour",
    ehc="ehc|ehcp|ehc assessments|ehc plans|ehc assessments and plans|education health and care"
    "|ehc assessment|ehc plan|ehc assessments and ehc plans|send|education health and care plans"
    "|education health and care ehc assessments and plans|education, health and care plans",
    delay="delay|delays|delay other than ehc|timeliness|delay in service",
    accuracy="accuracy|accuracy of records|assessment and record accuracy|record accuracy"
    "|accuracy of assessments and records|inaccurate information|accuracy of reports"
    "|assessments and records|accuracy of assessments",
    decisions="decisions|decisions and thresholds|decision|decision making|decision-making",
    support="support|support and provision|quality of service|quality of support|provision"
    "|support and services|quality of service support",
    placement_contact="placement_contact|placement and contact|placement contact|placement"
    "|placements|contact|family time|placement family time and carers|placement and family time"
    "|placements and family time|placement, family time, carers",
    money="money|finance|financial|money and payments|finance and payments|payments",
    privacy="privacy|data|privacy and data|data protection|confidentiality|data breach"
    "|information and privacy|privacy and information",
    complaint_handling="complaint_handling|complaint handling|complaints handling"
    "|handling of the complaint|complaints process|how complaints are handled",
    other="other|other or not classifiable|something else",
)
"""The shipped themes as forms and tables call them; a council's own have their code and title."""
_STAGE_WORDS = _spelt(
    stage1="1|s1|stage 1|stage one|stage1|i|stage i|local resolution|level 1|first|1st|one"
    "|stage 1 - local resolution|stage 1 local resolution|st1|first stage|stage 1 (local)",
    stage2="2|s2|stage 2|stage two|stage2|ii|stage ii|investigation|level 2|second|2nd|two"
    "|independent investigation|stage 2 - investigation|stage 2 investigation|st2"
    "|second stage|review|stage 2 review|stage 2 independent investigation",
    stage3="3|s3|stage 3|stage three|stage3|iii|stage iii|panel|review panel|level 3|third|3rd"
    "|three|stage 3 - panel|stage 3 panel|st3|third stage|stage 3 review panel",
)
STAGES = {spelling: int(name[-1]) for spelling, name in _STAGE_WORDS.items()}

_OMBUDSMAN = re.compile(
    r"(?:(?:stage|level) ?\d? ?[-:]? ?)?"
    r"(?:lgs?c?o|lg&sco|(?:the )?(?:local government.{0,20} )?ombudsman)"
    r"(?: (?:\(?lgs?c?o\)?|stage|decision|complaint|investigation|referral|enquiry|review))*",
)


def ombudsman(cell: Cell) -> bool:
    """Whether a stage is not the council's but the Ombudsman's.

    >>> ombudsman("LGSCO"), ombudsman("Stage 4 - Ombudsman referral"), ombudsman("Stage 2")
    (True, True, False)
    """
    return _OMBUDSMAN.fullmatch(token(cell)) is not None


def reader(
    words: Mapping[str, str],
    own: Mapping[str, str],
    code: str,
    what: str,
    section: str = "",
    otherwise: str = "",
) -> Callable[[Cell], str | Bad]:
    """A reader of one coded column by its words, the council's own first."""
    known = {token(spelling): name for spelling, name in (*words.items(), *own.items())}
    titles = sorted(set(words.values()))

    def read(cell: Cell) -> str | Bad:
        word = token(cell)
        if word in known:
            return known[word]
        if word in BLANK or text(cell).casefold() in BLANK:
            return ""
        names = ", ".join(title.replace("_", " ") for title in titles)
        # who complained may be somebody's name
        private = code == "complainant-unknown"
        said = "the cell" if private else shown(cell)
        counted = f"; it is counted as {otherwise}" if otherwise else ""
        where = f"Map it in cl.toml under [{section}]. " if section else ""
        if section and not private and (ready := ready_line(cell)):
            where, names = f"Say in cl.toml under [{section}]: {ready}. ", ", ".join(titles)
            return Bad(
                *(code, f"{said} is not a known {what}{counted}."),
                *(f"{where}NAME is one of {names}.", otherwise),
            )
        return Bad(
            code,
            f"{said} is not a known {what}{counted}.",
            f"{where}It can be: {names}.",
            otherwise,
        )

    return read


def outcomes(own: Mapping[str, str], answers: bool = False) -> Callable[[Cell], str | Bad]:
    """A reader of outcomes; '' for none given. `answers`: the header itself asks 'Upheld?'."""
    words = dict(OUTCOME_WORDS)
    if answers:
        words |= {"yes": "upheld", "y": "upheld", "no": "not_upheld", "n": "not_upheld"}
    known = {token(spelling): name for spelling, name in (*words.items(), *own.items())}
    known |= {token(title): name for name, title in OUTCOMES.items() if token(title) not in known}

    def read(cell: Cell) -> str | Bad:
        word = token(cell)
        if word not in known:
            word = _ELSEWHERE.sub("", word)
        if word not in known:
            word = " ".join(word.replace("-", " ").split()) or word
        if word in known:
            return known[word]
        if text(cell).casefold() in BLANK:
            return ""
        several = _several(word, known)
        if several:
            return Bad(
                "outcome-several",
                f"{shown(cell)} gives several outcomes; it is counted as {OUTCOMES[several]}.",
                "Write one outcome for the whole complaint, or map this one under [outcomes].",
                several,
            )
        close = alike.meant(word, known)
        meant = f"Did you mean '{OUTCOMES[known[close]]}'? " if close else ""
        return Bad(
            "outcome-unknown",
            f"{shown(cell)} is not a known outcome; it is counted as not recognised.",
            f"{meant}Correct the cell, or map it in cl.toml under [outcomes]"
            f"{_as(cell, known.get(close, ''))}.",
            "unknown",
        )

    return read


_ELSEWHERE = re.compile(r"\s*[(,;:-]?\s*\bsee (?:also |under )?(?:stage|s) ?[123]\)?$")
"""Where more is said: whatever stands there, it changes nothing of this outcome."""
_TIMES = re.compile(r"\s*(?:x\s?\d+|\d+\s?x|\(\d+\)|\d+)\s*")


def _several(word: str, known: Mapping[str, str]) -> str:
    """The outcome of a list of outcomes, each of which is known; '' otherwise."""
    parts = [part for part in re.split(r",|;|/|\+|&|\band\b|\bx\s?\d+\b", word) if part.strip()]
    names = {known.get(_TIMES.sub(" ", f" {part} ").strip(), "") for part in parts}
    if len(parts) < 2 or "" in names:
        return ""
    return together(names)


def together(names: set[str]) -> str:
    """One outcome for concerns that ended differently.

    >>> together({"upheld", "not_upheld"}), together({"upheld"}), together({"withdrawn", "upheld"})
    ('partly_upheld', 'upheld', 'partly_upheld')
    """
    if len(names) == 1:
        return next(iter(names))
    if names & {"upheld", "partly_upheld"}:
        return "partly_upheld"
    for name in ("unknown", "open", "not_upheld", "no_finding", "resolved", "withdrawn"):
        if name in names:
            return name
    return next(iter(sorted(names)))


def stage(cell: Cell) -> int | Bad:
    """1, 2 or 3; blank is 1, as a register without stages holds first complaints.

    >>> stage("Stage Two"), stage(1.0), stage("S3")
    (2, 1, 3)
    """
    word = re.sub(r"[():]", " ", token(cell)).strip()
    if word in STAGES:
        return STAGES[word]
    if found := re.match(r"(?:stage|s)\s?([123])\b", word):
        return int(found[1])
    if text(cell).casefold() in BLANK:
        return 1
    return Bad(
        "stage-unknown",
        f"{shown(cell)} is not a known stage; it is counted as stage 1.",
        "Write 1, 2 or 3.",
        1,
    )


def _as(cell: Cell, name: str) -> str:
    """The line of cl.toml that says what an outcome is, after a colon; '' when it is long."""
    ready = ready_line(cell, name or "NAME")
    if not ready or name:
        return f": {ready}" if ready else ""
    listed = ", ".join(one for one in OUTCOMES if one not in ("not_recorded", "unknown"))
    return f": {ready}, where NAME is one of {listed}"


def ready_line(cell: Cell, name: str = "NAME") -> str:
    """A line of cl.toml that says what a cell means; '' for more than a few words.

    >>> ready_line("CA89", "statutory")
    '"CA89" = "statutory"'
    """
    typed = text(cell)
    return f'{json.dumps(typed, ensure_ascii=False)} = "{name}"' if len(typed) <= 40 else ""


def shown(cell: Cell) -> str:
    """A coded cell quoted as typed, when it is short enough not to be somebody's words."""
    typed = text(cell)
    return f"'{typed}'" if len(typed) <= 40 else "the text"


def vocabulary(
    outcomes: Mapping[str, str], procedures: Mapping[str, str], complainants: Mapping[str, str]
) -> dict[str, frozenset[str]]:
    """The known words of each coded column, the council's own among them."""
    return {
        name: frozenset(token(word) for word in (*known, *own))
        for name, known, own in (
            ("outcome", OUTCOME_WORDS, outcomes),
            ("procedure", PROCEDURE_WORDS, procedures),
            ("complainant", COMPLAINANT_WORDS, complainants),
            ("kind", KIND_WORDS, {}),
        )
    }
