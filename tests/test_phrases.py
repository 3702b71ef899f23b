import re

import pytest

from pipeline.phrases import PhraseError, regex, required_words


@pytest.mark.parametrize(
    ("phrase", "text", "fits"),
    [
        ("[the] right[s] of (women|girls)", "rights of girls", True),
        ("[the] right[s] of (women|girls)", "the right of women", True),
        ("[the] right[s] of (women|girls)", "rights of boys", False),
        ("Convention on [the] Rights", "convention, on rights", True),
        ("Convention [on] [the] Sea", "Convention Sea", True),
        ("organi(z|s)e*", "organised", True),
        ("no [*] limit", "no upper limit", True),
        ("[[and] [on] the] sale", "and the sale", True),
    ],
)
def test_optional_and_alternative_parts(phrase: str, text: str, fits: bool) -> None:
    assert bool(re.fullmatch(regex(phrase), text, re.IGNORECASE)) is fits


def test_required_words_leave_out_what_may_be_missing_or_differ() -> None:
    assert required_words("[International] Covenant on (Civil|Political) Rights") == ("covenant", "rights", "on")


def test_an_open_bracket_is_quoted() -> None:
    with pytest.raises(PhraseError, match="bracket is not closed"):
        regex("a [b")
