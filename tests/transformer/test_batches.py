import numpy as np

from pipeline.transformer.batches import batches, padded, tokenised


def test_every_text_is_in_one_batch_and_batches_hold_texts_of_like_length():
    lengths = np.random.default_rng(0).integers(3, 160, 1000)
    found = batches(lengths, 32, np.random.default_rng(1))
    assert sorted(np.concatenate(found).tolist()) == list(range(1000))
    assert sum(lengths[batch].max() * len(batch) for batch in found) < 1.1 * lengths.sum()
    again = batches(lengths, 32, np.random.default_rng(2))
    assert [batch.tolist() for batch in found] != [batch.tolist() for batch in again]


def test_short_texts_are_padded_and_the_mask_says_where():
    token_ids, mask = padded([[2, 9, 3], [2, 3]])
    assert token_ids.tolist() == [[2, 9, 3], [2, 3, 0]]
    assert mask.tolist() == [[1, 1, 1], [1, 1, 0]]


def test_long_texts_are_cut(base):
    short, long = tokenised(["abolish torture", "torture " * 30], base, 8)
    assert len(short) == 4
    assert len(long) == 8
