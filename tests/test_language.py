"""The language is that of the row's words."""

from pipeline.language import detect_languages

ENGLISH = "Strengthen the independence of the judiciary and the protection of witnesses"
FRENCH = "Adopter une loi réprimant les violences domestiques et protéger les victimes"
SPANISH = "Adoptar medidas para garantizar el acceso a la educación de las niñas rurales"


def test_each_row_has_its_own_language():
    assert detect_languages([ENGLISH, ENGLISH, FRENCH, SPANISH], 0.9) == ["en", "en", "fr", "es"]


def test_a_text_too_short_to_tell_takes_the_language_of_its_file():
    assert detect_languages([ENGLISH, ENGLISH, "Ratify OP-CAT"], 0.9)[-1] == "en"


def test_no_texts_give_no_languages():
    assert detect_languages([], 0.9) == []
