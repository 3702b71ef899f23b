"""The language of a text, detected row by row: an export's language says nothing of its rows."""

import functools
from collections import Counter
from collections.abc import Sequence

from py3langid.langid import MODEL_FILE, LanguageIdentifier

LANGUAGES = ("ar", "en", "es", "fr", "pt", "ru", "zh")
"""The six languages of the United Nations, and Portuguese: what recommendations and frameworks are written in."""


@functools.cache
def _identifier() -> LanguageIdentifier:
    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(list(LANGUAGES))
    return identifier


def detect_languages(texts: Sequence[str], min_probability: float) -> list[str | None]:
    """Return the ISO 639-1 code of each text.

    A short text can look like any language, so a text takes the most frequent language of the texts given with
    it unless the odds against that one are at least `min_probability` (0-1); then it takes its own best.
    """
    ranks = [dict(_identifier().rank(text)) for text in texts]
    best = [max(rank, key=rank.__getitem__) for rank in ranks]
    counts = Counter(best)
    main = max(sorted(counts), key=counts.__getitem__, default=None)
    return [main if rank[main] > 1 - min_probability else own for rank, own in zip(ranks, best, strict=True)]
