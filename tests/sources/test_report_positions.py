"""What a chapeau says, asked in the order that keeps "did not enjoy" from being read as "enjoy"."""

import pytest

from pipeline.sources.report_positions import cited_numbers, spelt_out, stated_in


@pytest.mark.parametrize(
    ("text", "position"),
    [
        ("The recommendations listed below enjoy the support of Arvandia:", "supported"),
        ("The following have been examined by Arvandia and enjoy its support:", "supported"),
        (
            "The following enjoy the support of Arvandia, which considers that they are already implemented:",
            "supported",
        ),
        ("The recommendations below did not enjoy the support of Arvandia:", "noted"),
        ("Arvandia considers that the recommendations below cannot be accepted:", "noted"),
        ("The recommendations below did not enjoy the support of Arvandia and would thus be noted:", "noted"),
        ("The recommendations listed below were noted by Arvandia:", "noted"),
        ("The following recommendations will be examined by Arvandia, which will respond in due course:", "pending"),
        ("Responses to the following recommendations will be provided by Arvandia in due time:", "pending"),
        ("Arvandia notes the following recommendations and will provide responses in due time:", "pending"),
        (
            "The recommendations noted in the report in paragraphs 3 (a) and 4 enjoy the support of Arvandia.",
            "supported",
        ),
        ("The following recommendations are partially supported by Arvandia:", "partially_supported"),
        ("In the course of the discussion, the following recommendations were made to Arvandia:", None),
        ("All conclusions and/or recommendations reflect the position of the State, which accepted none.", None),
        ("Les recommandations ci-après n'ont pas recueilli l'appui de l'Arvandie :", "noted"),
        ("Les recommandations ci-après ont recueilli l'appui de l'Arvandie :", "supported"),
        ("Arvandia examinará las siguientes recomendaciones:", "pending"),
    ],
)
def test_the_words_of_a_chapeau(text: str, position: str | None) -> None:
    stated = stated_in(text)
    assert (stated.position if stated else None) == position


@pytest.mark.parametrize(
    ("written", "numbers"),
    [
        ("50.5-50.8", ["50.5", "50.6", "50.7", "50.8"]),
        ("50.23, 25, 26", ["50.23", "50.25", "50.26"]),
        ("122.62-\n64", ["122.62", "122.63", "122.64"]),
        ("1–3, 7 and 9", ["1", "2", "3", "7", "9"]),
        ("9-5", ["9"]),
        ("50.5 to 50.7", ["50.5", "50.6", "50.7"]),
        ("50.5 a 7", ["50.5", "50.6", "50.7"]),
    ],
)
def test_ranges_and_inherited_prefixes(written: str, numbers: list[str]) -> None:
    assert spelt_out(written) == numbers


def test_numbers_cited_of_a_list_elsewhere() -> None:
    assert cited_numbers("Arvandia considers recommendations Nos. 1, 2 and 4 in paragraph 98 above done") == (
        "98.1", "98.2", "98.4",
    )  # fmt: skip
    assert cited_numbers("Arvandia thanks everybody") == ()
