"""Texts in, themes out: every rule by itself, bad input, and how right it is."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import pandas as pd
import pytest

from complaints_learning import classify
from complaints_learning.classify import accuracy
from complaints_learning.classify import labels as reading
from complaints_learning.classify.languages import foreign, other_letters
from complaints_learning.classify.rules import Rules
from complaints_learning.classify.spelling import Near
from complaints_learning.classify.words import plain
from complaints_learning.nouns import themes
from complaints_learning.nouns.decisions import Decision, Decisions, fingerprint
from complaints_learning.read import places, texts

DATA = Path(__file__).parent / "data" / "themes"
THEMES = texts.themes()


@cache
def standard() -> classify.Reader:
    return classify.Reader(THEMES)


@cache
def standard_rules() -> Rules:
    return standard().rules


def proved(text: str) -> set[str]:
    """The themes for which phrases of the text speak, hints apart."""
    reading = standard_rules().read([text])
    return {THEMES.codes[n] for n in reading.theme[reading.weight > 3].tolist()}


def given(text: str) -> set[str]:
    """The themes that the text is given."""
    return {label.theme for label in standard().labels([text])[0]}


def primary(text: str) -> str:
    return next(label.theme for label in standard().labels([text])[0] if label.primary)


def known(name: str) -> list[accuracy.Known]:
    rows = map(json.loads, (DATA / f"{name}.jsonl").read_text(encoding="utf-8").splitlines())
    return [accuracy.Known(r["text"], tuple(r["themes"]), r["primary"]) for r in rows]


# --- the rules, one by one


@pytest.mark.parametrize(
    ("text", "theme"),
    [
        ("I have left four messages and nobody has rung me back.", "communication"),
        ("The worker was rude and dismissive.", "staff_behaviour"),
        ("The EHCP is not being followed by school.", "ehc"),
        ("We have been waiting for an assessment since March.", "delay"),
        ("The report is full of factual errors.", "accuracy"),
        ("We disagree with the decision to close our case.", "decisions"),
        ("Our respite has been cut to nothing.", "support"),
        ("My contact with my daughter at the contact centre was cancelled.", "placement_contact"),
        ("My fostering allowance has not been paid.", "money"),
        ("You sent my file to my ex partner, this is a data breach.", "privacy"),
        ("My complaint has not been answered, stage 2 was refused.", "complaint_handling"),
        ("Your bin lorry blocked the road and there is a pothole.", "other"),
    ],
)
def test_a_plain_sentence_finds_its_theme(text: str, theme: str) -> None:
    assert theme in given(text)


def test_a_denied_fault_is_no_theme() -> None:
    assert "staff_behaviour" in proved("The worker was rude.")
    assert "staff_behaviour" not in proved("The worker was not rude.")
    assert "staff_behaviour" not in proved("She was never at all rude to us.")


def test_no_before_a_thing_is_a_complaint_and_no_denial() -> None:
    assert "support" in proved("There is no respite for us.")


def test_what_is_set_aside_does_not_count_and_what_follows_but_does() -> None:
    text = "I have no complaint about the worker being rude but my allowance was not paid."
    assert "staff_behaviour" not in proved(text)
    assert "money" in proved(text)


def test_praise_before_the_point_does_not_count() -> None:
    assert "staff_behaviour" in proved("Her manner was rude.")
    assert "staff_behaviour" not in proved("I cannot fault her manner or her tone.")


def test_lateness_inside_an_ehc_process_is_ehc_and_not_delay() -> None:
    text = "The EHC plan is 12 weeks late and we are still waiting for it."
    assert "ehc" in proved(text)
    assert "delay" not in proved(text)


def test_delay_in_answering_a_complaint_is_complaint_handling_and_not_delay() -> None:
    text = "My complaint response is 30 days late."
    assert "complaint_handling" in proved(text)
    assert "delay" not in proved(text)


def test_lateness_of_a_records_request_is_privacy_and_not_delay() -> None:
    text = "My subject access request is two months overdue."
    assert "privacy" in proved(text)
    assert "delay" not in proved(text)


def test_family_contact_is_not_communication() -> None:
    text = "My contact session at the contact centre was reduced."
    assert "placement_contact" in proved(text)
    assert "communication" not in proved(text)


def test_no_contact_from_the_office_is_communication_and_not_family_time() -> None:
    text = "We have had no contact from the social worker since May."
    assert "communication" in proved(text)
    assert "placement_contact" not in proved(text)


def test_a_phrase_does_not_reach_over_the_end_of_a_sentence() -> None:
    assert "communication" in proved("Nobody came with the reply.")
    assert "communication" not in proved("Nobody came. The reply was fine.")


@pytest.mark.parametrize("typed", ["mintues", "assesment", "allowence", "comunication", "adress"])
def test_a_misspelt_word_is_read_as_the_right_one(typed: str) -> None:
    batch = standard_rules().lexicon.batch([typed])
    right = {
        "mintues": "minutes",
        "assesment": "assessment",
        "allowence": "allowance",
        "comunication": "communication",
        "adress": "address",
    }[typed]
    assert batch.vocabulary.spelt[int(batch.ids[0])] == right


@pytest.mark.parametrize(
    ("typed", "right"),
    [
        *(("mintues", "minutes"), ("minuets", "minutes"), ("minnutes", "minutes")),
        *(("mnutes", "minutes"), ("minute", None), ("inutes", None), ("minutse", None)),
        *(("minotes", None), ("manites", None), ("mitunes", None), ("minut3s", None)),
        *(("mintuess", None), ("abel", None), ("able", None), ("", None)),
    ],
)
def test_a_slip_is_one_inner_letter_lost_doubled_or_swapped(typed: str, right: str | None) -> None:
    assert Near(["minutes", "ablex", "minut3es"]).find(typed) == right


@pytest.mark.parametrize("word", ["though", "sighted", "hotel", "playing", "widow"])
def test_a_word_of_its_own_is_no_slip_of_another(word: str) -> None:
    batch = standard_rules().lexicon.batch([word])
    assert batch.vocabulary.spelt[int(batch.ids[0])] == word


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("He met her at the casino. He lost.", 2),
        ("It has caused problems. Nobody rang.", 2),
        ("They all said no. We left.", 2),
        ("Mr. Day, Mrs. Day and Dr. Hill live at No. 5", 1),
        ("No. 5 is next door at 10.30", 1),
    ],
)
def test_an_abbreviation_ends_no_sentence_and_a_word_that_ends_like_one_does(
    text: str, sentences: int
) -> None:
    said = plain([text])[:-1]
    assert len([word for word in said if word == "."]) + (said[-1] != ".") == sentences


def test_apostrophes_capitals_and_line_breaks_make_no_difference() -> None:
    one = standard().labels(["They didn't ring back, and the plan wasn't shared."])
    two = standard().labels(["THEY DIDN\u2019T RING\nBACK, and the plan wasnt shared."])
    assert [label.theme for label in one[0]] != []
    assert {label.theme for label in standard().labels(["they didnt ring back"])[0]} == {
        label.theme for label in standard().labels(["They DIDN\u2019T ring back"])[0]
    }
    assert one and two


def test_other_is_given_alone() -> None:
    said = [{label.theme for label in standard().labels([each.text])[0]} for each in known("tune")]
    others = [found for found in said if "other" in found]
    assert len(others) > 10 and all(found == {"other"} for found in others)


# --- evidence, determinism, tables


def test_every_label_with_evidence_quotes_words_of_its_text() -> None:
    sample = [each.text for each in known("tune")]
    from complaints_learning.classify import words

    quotes = 0
    for text, labels in zip(sample, standard().labels(sample), strict=True):
        said = " ".join(words.plain([text]))
        for label in labels:
            assert all(quote in said for quote in label.words)
            quotes += len(label.words)
    assert quotes > len(sample)


TRANSPORT = """
[[theme]]
code = "transport"
title = "Transport"

  [[theme.sub]]
  code = "taxi"
  title = "Taxis"
  strong = ["minibus"]
  fair = ["taxi", "driver"]
"""


def test_a_theme_that_a_council_adds_is_given_for_its_own_phrases_and_never_without() -> None:
    shipped = (places.shipped("templates") / "themes.toml").read_text(encoding="utf-8")
    reader = classify.Reader(themes.parse(shipped + TRANSPORT, weights=THEMES.weights))

    said = [reader.labels([text])[0] for text in ("A minibus.", "The taxi came. A driver smoked.")]
    assert [[label.theme for label in one] for one in said] == [["transport"], ["transport"]]

    texts_known = [each.text for each in known("tune")]
    with_it = reader.labels(texts_known)
    assert all(label.words for row in with_it for label in row if label.theme == "transport")
    for now, before in zip(with_it, standard().labels(texts_known), strict=True):
        if "transport" not in {label.theme for label in now}:
            assert now == before


OWN = """
[[theme]]
code = "buses"
title = "Buses"
[[theme.sub]]
code = "late_bus"
title = "Late buses"
strong = ["minibus"]

[[theme]]
code = "noise"
title = "Noise"
[[theme.sub]]
code = "music"
title = "Music"
strong = ["loud music"]
"""


BOUNDED = """
[[theme]]
code = "ehc"
title = "EHC"
[[theme.sub]]
code = "plan"
title = "Plan"
strong = ["section seven"]
fair = ["yellow form"]

[[theme]]
code = "delay"
title = "Delay"
[[theme.sub]]
code = "late"
title = "Late"
strong = ["six weeks late"]
weak = ["took ages"]
"""


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("The yellow form took ages.", ["ehc"]),
        ("The yellow form was six weeks late.", ["ehc"]),
        ("The yellow form came. It took ages.", ["ehc", "delay"]),
        ("Section seven came. It took ages.", ["ehc"]),
        ("Section seven came. It was six weeks late.", ["ehc", "delay"]),
    ],
)
def test_a_sentence_is_of_the_theme_that_the_guide_gives_it_to_and_a_text_if_that_is_proved(
    text: str, codes: list[str]
) -> None:
    read = Rules(themes.parse(BOUNDED)).read([text])
    assert [code for n, code in enumerate(("ehc", "delay")) if n in read.theme] == codes


def test_a_mark_of_ours_within_a_text_moves_no_theme_to_the_next_text() -> None:
    said = ["The worker\x02 was rude.", "Nobody rang back."]
    assert standard().labels(said) == [standard().labels([one])[0] for one in said]


@pytest.mark.parametrize("weights", ["", THEMES.weights], ids=["no hints", "hints of others"])
def test_a_text_that_none_of_a_councils_own_themes_speaks_for_has_none(weights: str) -> None:
    reader = classify.Reader(themes.parse(OWN, weights=weights))
    said = reader.labels(["The sky is blue.", "There was loud music.", "A minibus."])
    assert [[label.theme for label in one] for one in said] == [[], ["noise"], ["buses"]]
    for first, theme in (("Minibus late.", "buses"), ("Loud music.", "noise")):
        assert [label.theme for label in reader.labels([first])[0]] == [theme]

    other = OWN + '[[theme]]\ncode = "other"\ntitle = "Other"'
    reader = classify.Reader(themes.parse(other))
    assert [label.theme for label in reader.labels(["The sky is blue."])[0]] == ["other"]


@pytest.mark.parametrize(
    ("noise", "codes"),
    [(0, ["buses", "NOISE"]), (-180, ["buses", "NOISE"]), (-250, ["BUSES"])],
)
def test_words_that_hint_at_the_main_theme_make_one_main_that_is_given_or_nearly(
    noise: int, codes: list[str]
) -> None:
    hints = {
        "themes": ["buses", "noise"],
        "bias": [0, 0],
        "main_bias": [0, 0],
        "words": {"wobb": [100, 0, noise, -300, 300], "wail": [100, 0, noise, 300, -300]},
    }
    reader = classify.Reader(themes.parse(OWN, weights=json.dumps(hints)))
    labels = reader.labels(["Wobble."])[0]
    assert [one.theme.upper() if one.primary else one.theme for one in labels] == codes
    assert reader.labels(["Wailing."])[0][0].primary


def test_a_theme_without_hints_is_main_where_it_would_be_without_those_of_others() -> None:
    shipped = (places.shipped("templates") / "themes.toml").read_text(encoding="utf-8")
    reader = classify.Reader(themes.parse(shipped + TRANSPORT, weights=THEMES.weights))
    labels = reader.labels(["The minibus never came and the driver swore. The minibus was dirty."])
    assert [one.theme for one in labels[0] if one.primary] == ["transport"]


def test_nearly_every_label_has_evidence() -> None:
    labels = [label for row in standard().labels([e.text for e in known("tune")]) for label in row]
    assert sum(bool(label.words) for label in labels) > 0.9 * len(labels)


ODD = (
    *("", "  ", "....", "No.", "Mr. Day was rude. No. 5 is 3.5 hours late at 10:30.", "rude\nlate"),
    *(
        "<p>My&nbsp;allowance <b>was not</b> paid&amp;late\x00\x07</p>",
        "\x02 nobody rang \x02 back",
    ),
    *("They DIDN\u2019T ring\u2026 back \u2013 caf\xe9", "\xa3500 not paid", "a" * 50_000),
    *("Nobody rang back. " * 40, "nobody rang back " * 900, "not. rude", "was not rude but late"),
    "Nikt nie powiedzial nam ze wizyta jest odwolana i to juz nie pierwszy raz.",
)


def test_a_text_gets_the_same_labels_whatever_stands_beside_it() -> None:
    sample = [each.text for each in known("tune")][:60]
    mixed = [*sample, *ODD, *(" ".join(pair) for pair in zip(sample, sample[7:], strict=False))]
    together = standard().labels(mixed)
    assert together == [standard().labels([text])[0] for text in mixed]
    assert together == standard().labels(mixed[::-1])[::-1]
    assert together == classify.Reader(THEMES).labels(mixed * 2)[len(mixed) :]


def test_how_many_texts_are_read_at_a_time_changes_no_label(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from complaints_learning.classify import features, labels, search

    mixed = [*ODD, *(each.text for each in known("later"))]
    whole = standard().labels(mixed)
    assert any(whole)
    for module, name, size in (
        *((labels, "LETTERS", 2000), (search, "_PLACES", 40)),
        (features, "_CELLS", 20_000),
    ):
        monkeypatch.setattr(module, name, size)
        assert standard().labels(mixed) == whole


ANYWHERE = """
[[theme]]
code = "money"
title = "Money"
[[theme.sub]]
code = "pay"
title = "Pay"
strong = ["not paid WITH ANYWHERE allowance UNLESS ANYWHERE bus fare/taxi"]
"""


def test_a_condition_on_the_whole_text_looks_at_this_text_only(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from complaints_learning.classify import search
    from complaints_learning.nouns import themes

    monkeypatch.setattr(search, "_PLACES", 5)
    rules = Rules(themes.parse(ANYWHERE))
    said = ("It was not paid.", "My allowance.", "Not the bus fare.", "Nothing else.")
    told = [
        f"{said[0]} {said[1]} {said[3]}",
        said[0],
        f"{said[1]} {said[2]} {said[0]}",
        f"{said[1]} {said[3]} {said[0]}",
    ]
    assert rules.read(told).text.tolist() == [0, 3]


@pytest.mark.parametrize(
    ("phrase", "said", "not_said"),
    [
        ("# weeks", "We waited 12 weeks.", "We waited for weeks."),
        ("loud music", "There was loud music.", "There was loud old music."),
        ("wait* long", "We waited long.", "We await long."),
        ("loud (old) music", "There was loud music.", "There was loud new music."),
        ("loud (old) music", "There was loud old music.", "There was old music."),
        ("loud .. music", "There was loud old music.", "It was loud. There was music."),
        ("didn't ring", "They didn\u2019t ring.", "They did not ring."),
        ("well-known", "It is well known.", "It is known well."),
    ],
)
def test_a_phrase_is_found_as_it_is_written(phrase: str, said: str, not_said: str) -> None:
    rules = Rules(themes.parse(OWN.replace("loud music", phrase)))
    assert rules.read([not_said, said]).text.tolist() == [1]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("The minibus is not my point, loud music is.", ["noise"]),
        ("There was loud music but the minibus is not my point.", ["noise"]),
        ("Loud music on the minibus is not my point.", []),
    ],
)
def test_what_stands_before_is_set_aside_from_where_a_sentence_turns(
    text: str, codes: list[str]
) -> None:
    rules = Rules(themes.parse(f'[aside]\nbefore = ["not my point"]\n{OWN}'))
    assert [rules.themes.codes[n] for n in rules.read([text]).theme.tolist()] == codes


WRONG, UNPAID = "the report has the wrong date of birth in it", "our mileage claim was not paid"


@pytest.mark.parametrize(
    ("text", "main"),
    [
        (f"{UNPAID}. {WRONG}.", "money"),
        (f"{WRONG}. {UNPAID}.", "accuracy"),
        (f"{UNPAID}. What matters most is that {WRONG}.", "accuracy"),
        (f"{UNPAID}, but {WRONG}.", "accuracy"),
        (f"{WRONG}, but {UNPAID}.", "money"),
        ("The respite was stopped. The worker was rude. We want the respite back.", "support"),
        (
            "The respite was stopped. The worker was rude. We want an apology for how she spoke.",
            "staff_behaviour",
        ),
    ],
)
def test_the_main_theme_is_what_is_stressed(text: str, main: str) -> None:
    assert primary(text) == main


STRESSED = """requests = ["want"]
[emphasis]
chiefly = ["above all"]
besides = ["also"]
until = ["but"]
[[theme]]
code = "noise"
title = "Noise"
"""


@pytest.mark.parametrize(
    ("text", "stressed"),
    [
        ("I want peace but no war", [-110, -75, -75, 0, 0, 0, 0]),
        ("I want what we want", [0, 35, 35, 35, 35, 0]),
        ("we want above all peace", [0, 35, 125, 125, 125, 0]),
        ("I also want peace. I sing", [-60, -60, -25, -25, 0, 0, 0, 0]),
        ("but I sing but not now", [-110, -110, -110, 0, 0, 0, 0]),
        ("I sing", [0, 0, 0]),
    ],
)
def test_words_count_more_after_a_request_and_less_before_but(
    text: str, stressed: list[int]
) -> None:
    reading = Rules(themes.parse(STRESSED)).read([text])
    assert [round(100 * each) for each in reading.stressed.tolist()] == stressed


def test_the_main_theme_is_quoted_with_what_stresses_it_and_the_others_are_not() -> None:
    text = "Our mileage claim was not paid. Above all the report has the wrong date of birth in it."
    assert {
        label.theme: (label.primary, label.words[0].startswith("above all"))
        for label in standard().labels([text])[0]
    } == {"accuracy": (True, True), "money": (False, False)}


def test_what_is_stressed_is_the_same_among_many_texts_as_alone() -> None:
    rows = [row.text for row in known("tune")]
    alone = [standard().labels([text])[0] for text in rows[:60]]
    assert standard().labels(rows)[:60] == alone


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("It is so. Ring me.", "it is so . ring me ."),
        ("Mr. Day, Mrs. Day and Dr. Day.", "mr day mrs day and dr day ."),
        ("It ended at 10:30 or 3.5.", "it ended at 1030 or 35 ."),
        ("Is it no. 5? No. It is 12:", "is it no 5 . no . it is 12"),
    ],
)
def test_a_point_ends_a_sentence_but_not_a_title_or_a_number(text: str, said: str) -> None:
    assert " ".join(plain([text])[:-1]) == said


@pytest.mark.parametrize("text", ["<p>Rude</p>", "Rude&nbsp;&amp; late", "\xa3 &lt;<br>"])
def test_marks_of_web_pages_are_no_words(text: str) -> None:
    assert {"p", "br", "amp", "nbsp", "lt"}.isdisjoint(plain([text]))


@pytest.mark.parametrize(
    "usual",
    [
        "I want an apology. Please look into my complaint.",
        "I want to lodge a formal complaint with you.",
        "Please accept this as a stage one complaint.",
        "I trust that I need not go to the Local Government Ombudsman.",
    ],
)
def test_what_stands_in_any_letter_is_no_complaint_about_its_handling(usual: str) -> None:
    for text, theme in (
        ("The worker was rude to us.", "staff_behaviour"),
        ("My son's EHC plan is late.", "ehc"),
        ("The allowance was not paid in June.", "money"),
        ("Her assessment has my age wrong.", "accuracy"),
    ):
        for whole in (f"{text} {usual}", f"{usual} {text}"):
            assert primary(whole) == theme
            assert "complaint_handling" not in given(whole)


def test_a_label_without_a_phrase_quotes_the_words_that_hint_most() -> None:
    texts_ = [row.text for row in known("kept")]
    reading = standard().rules.read(texts_)
    proved_ = set(zip(reading.text.tolist(), reading.theme.tolist(), strict=True))
    hinted = 0
    for n, labels in enumerate(standard().labels(texts_)):
        said = plain([texts_[n]])
        for label in labels:
            if (n, THEMES.codes.index(label.theme)) not in proved_ and label.words:
                hinted += 1
                assert all(set(quote.split()) <= set(said) for quote in label.words)
    assert hinted > 5
    assert all(
        label.words for labels in standard().labels(texts_) for label in labels if label.sure
    )


@pytest.mark.parametrize(
    "text",
    [
        "My complaint of 3 March has not been answered.",
        "You upheld my complaint and agreed to apologise. No apology has come.",
        "Nobody looked into my complaint.",
    ],
)
def test_a_complaint_about_its_handling_is_still_one(text: str) -> None:
    assert primary(text) == "complaint_handling"


@pytest.mark.parametrize(
    "text", ["Complaint.", "Stage 1 complaint", "See scanned letter", "Complaint from aunt"]
)
def test_a_register_that_only_says_that_there_was_a_complaint_says_nothing_of_it(text: str) -> None:
    assert given(text) == {"other"}


def test_a_row_names_the_main_theme_first_and_is_unsure_where_one_theme_is() -> None:
    own = themes.parse(OWN.replace('["minibus"]', '["minibus", "coach", "tram"]'))
    reader = classify.Reader(own)
    said = ["There was loud music. Minibus, coach and tram were late.", " "]
    first, second = reader.labels(said[:1])[0]
    assert (first.sure, second.sure) == (True, False)
    assert first.probability == round(first.probability, 4)
    both, none = reading.rows(["C1", "C2"], reader.found(said), own)
    assert both == (
        *("C1", "buses; noise", "buses", "late_bus; music"),
        *("Buses; Noise", "Late buses; Music", second.probability),
        *(f"{first.probability:.2f}; {second.probability:.2f}", "no"),
        "buses: minibus, coach, tram; noise: loud music",
    )
    assert none == ("C2", "", "", "", "", "", 0.0, "", "no", "")


def test_each_different_sentence_is_searched_once() -> None:
    batch = standard_rules().lexicon.batch(
        ["Nobody rang. It was late.", "It was late. Nobody rang."] * 500
    )
    assert len(batch.ids) < 20
    assert len(batch.text) == 3000  # three each: what comes after the last full stop counts


def test_a_report_reads_each_text_once_and_its_lexicon_is_built_once(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    from complaints_learning.classify import labels, words
    from complaints_learning.jobs import labelling
    from complaints_learning.nouns import settings

    built, read = [], []
    make, sentences = labels.Rules.__init__, words.sentences
    monkeypatch.setattr(
        labels.Rules, "__init__", lambda self, themes: (built.append(1), make(self, themes))[1]
    )
    monkeypatch.setattr(words, "sentences", lambda texts: read.extend(texts) or sentences(texts))
    said = [each.text for each in known("tune")]
    labelling.themed(frame(*said), tmp_path, settings.parse("", "cl.toml"), classify.Reader(THEMES))
    assert read == said
    assert len(built) == 1


def frame(*said: str) -> pd.DataFrame:
    return pd.DataFrame({"reference": [f"C{n}" for n in range(len(said))], "text": list(said)})


def test_no_complaint_gives_an_empty_table_of_the_right_shape() -> None:
    found = classify.by_theme(frame(), standard())
    assert list(found.columns) == list(classify.LABELLED)
    assert len(found) == 0


def test_one_complaint_gives_a_row_a_theme_and_one_primary() -> None:
    found = classify.by_theme(frame("Nobody rang back and my allowance was not paid."), standard())
    assert set(found["theme"]) == {"communication", "money"}
    assert found["primary"].sum() == 1
    assert set(found["decided"]) == {"words"}


def test_an_empty_text_has_no_row_and_is_no_problem() -> None:
    complaints = frame("", "   ", "Nobody rang back.")
    assert set(classify.by_theme(complaints, standard())["reference"]) == {"C2"}
    assert classify.problems(complaints) == ()


# --- bad input


def test_html_and_control_characters_are_read_through() -> None:
    assert given("<p>My&nbsp;allowance <b>was not</b> paid&amp;late\x00\x07</p>") >= {"money"}


def test_a_text_in_another_language_has_no_theme_and_is_told() -> None:
    polish = "Nikt do nas nie zadzwonil i nie wiemy co sie dzieje z naszym synem od marca."
    complaints = frame(polish)
    assert len(classify.by_theme(complaints, standard())) == 0
    assert [str(each) for each in classify.problems(complaints)] == [
        "the text of 'C0' is not in English, so no theme was given.\n"
        "    Decide its themes in the review workbook: cl review."
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Does neb wedi fy ffonio yn ôl ac nid wyf yn gwybod beth sy'n digwydd gyda fy mhlentyn.",
        "Nikto mi nezavolal späť a neviem čo sa deje s mojím dieťaťom, som zúfalá už mesiace.",
        "Nadie me ha llamado y no sé qué está pasando con mi hija desde hace tres meses.",
        "Không ai gọi lại cho tôi và tôi không biết chuyện gì đang xảy ra với con tôi.",
    ],
)
def test_languages_that_families_write_in_are_foreign(text: str) -> None:
    assert foreign(text)


def test_a_text_of_other_letters_is_foreign_and_short_english_is_not() -> None:
    assert foreign(
        "\u043d\u0438\u043a\u0442\u043e \u043d\u0435 \u0437\u0432\u043e\u043d\u0438\u043b"
    )
    assert not foreign("Bins")
    assert not foreign("")
    assert other_letters("\u043d\u0438\u043a\u0442\u043e ok")
    assert not other_letters("\u043d\u0438\u043a\u0442\u043e nobody")
    assert not other_letters("caf\u00e9 \u2013 \u2019 \u2019 \u2019 \u2019")


def test_a_very_long_text_is_read_in_part_and_told() -> None:
    complaints = frame("Nobody rang back. " * 3000)
    assert set(classify.by_theme(complaints, standard())["theme"]) >= {"communication"}
    [problem] = classify.problems(complaints)
    assert problem.code == "text-too-long"
    assert "has 54,000 characters; the first 20,000 were read" in problem.message


def test_a_problem_never_quotes_the_text() -> None:
    complaints = frame(
        "Zebedee " * 4000, "Nikt nie powiedzial nam ze wizyta jest odwolana i Zebedee."
    )
    found = classify.problems(complaints)
    assert [problem.code for problem in found] == ["text-too-long", "text-not-english"]
    assert "Zebedee" not in "".join(map(str, found))


# --- decisions


def test_what_a_person_decided_wins_and_keeps_the_evidence() -> None:
    text = "Nobody rang back and my allowance was not paid."
    decided = Decisions({"C0": Decision("C0", ("money", "delay"), "money", fingerprint(text))})
    found = classify.by_theme(frame(text), standard(), decided)
    assert list(found["theme"]) == ["money", "delay"]
    assert list(found["primary"]) == [True, False]
    assert set(found["decided"]) == {"person"}
    assert "paid" in found["words"].iloc[0]
    assert found["words"].iloc[1] == ""


@pytest.mark.parametrize("learned", [False, True])
def test_decisions_are_compared_with_what_the_words_alone_have(learned: bool) -> None:
    model = None
    if learned:
        rows = known("more")
        model = standard().learn([r.text for r in rows], [r.themes for r in rows])
    said = frame(
        "The worker was rude and dismissive.",
        "My fostering allowance has not been paid.",
        "My fostering allowance has not been paid.",
        "",
    )
    decided = Decisions(
        {
            reference: Decision(reference, (theme,), theme, "")
            for reference, theme in (("C1", "money"), ("C2", "delay"), ("C3", "delay"))
        }
    )
    assert classify.labelled(said, standard(), decided, model)[2].agreed.tolist() == [1]


def test_a_decision_of_no_theme_leaves_no_row() -> None:
    decided = Decisions({"C0": Decision("C0", ())})
    assert len(classify.by_theme(frame("Nobody rang back."), standard(), decided)) == 0


def test_a_text_that_changed_since_it_was_decided_is_told_and_the_decision_counts() -> None:
    decided = Decisions({"C0": Decision("C0", ("money",), "money", fingerprint("Before."))})
    complaints = frame("After.")
    assert list(classify.by_theme(complaints, standard(), decided)["theme"]) == ["money"]
    assert [each.code for each in classify.problems(complaints, decided)] == [
        "decision-text-changed"
    ]


def test_the_same_text_with_other_spaces_has_not_changed() -> None:
    decided = Decisions({"C0": Decision("C0", ("money",), "money", fingerprint("a  b\n"))})
    assert classify.problems(frame("a b"), decided) == ()


# --- learning


def test_too_few_decisions_teach_nothing() -> None:
    rows = known("tune")[: classify.LEAST]
    said, themes = [r.text for r in rows], [r.themes for r in rows]
    assert classify.learn(said[1:], themes[1:], THEMES) is None
    assert classify.learn(said, themes, THEMES) is not None


def test_what_is_learned_is_the_same_each_time_and_holds_no_text() -> None:
    rows = known("tune")[:80]
    said, themes = [r.text for r in rows], [r.themes for r in rows]
    one, two = classify.learn(said, themes, THEMES), classify.learn(said, themes, THEMES)
    assert one is not None and two is not None
    assert (one.weights == two.weights).all() and (one.shift == two.shift).all()
    assert one.weights.dtype.kind == "f"
    assert one.decisions == 80


def test_a_model_is_used_only_when_cross_validation_says_that_it_helps() -> None:
    rows = known("tune")[:60]
    upside_down = [("privacy",) if n % 2 else ("money",) for n in range(60)]
    helped = classify.learn([r.text for r in rows], upside_down, THEMES)
    same = classify.learn([r.text for r in rows], [tuple(given(r.text)) for r in rows], THEMES)
    assert helped is not None and same is not None
    assert not same.used.any()


def test_the_key_of_what_is_learned_changes_with_a_decision() -> None:
    one = classify.learned_key(["a"], [("money",)], THEMES)
    assert one == classify.learned_key(["a"], [("money",)], THEMES)
    assert one != classify.learned_key(["a"], [("delay",)], THEMES)


# --- how right it is


def test_macro_f1_on_the_texts_it_was_tuned_on_does_not_fall() -> None:
    rows = known("tune")
    measured = accuracy.measure(rows, standard().labels([r.text for r in rows]), THEMES.codes)
    assert measured.macro_f1 > 0.80
    assert measured.primary is not None and measured.primary > 0.70


@pytest.mark.parametrize(("name", "least"), [("untouched", 0.78), ("clean", 0.78), ("kept", 0.80)])
def test_texts_that_nothing_was_learned_from_are_not_found_worse(name: str, least: float) -> None:
    rows = known(name)
    measured = accuracy.measure(rows, standard().labels([r.text for r in rows]), THEMES.codes)
    assert measured.macro_f1 > least
    assert measured.primary is not None and measured.primary > least - 0.09


def test_two_thousand_texts_are_labelled_in_well_under_ten_seconds() -> None:
    import time

    sample = [each.text for each in known("tune")]
    many = (sample * (2000 // len(sample) + 1))[:2000]
    began = time.perf_counter()
    assert len(classify.Reader(THEMES).labels(many)) == 2000
    assert time.perf_counter() - began < 10
