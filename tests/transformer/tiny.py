"""A BERT of two layers and random weights, and labelled texts it learns in a second."""

from pathlib import Path

import numpy as np

from pipeline.transformer.tasks import Task

WORDS = [
    "abolish", "adopt", "arvandia", "build", "clinics", "consider", "continue", "death", "education", "end", "free",
    "girls", "health", "in", "journalists", "law", "penalty", "prisons", "protect", "ratify", "reform", "schools",
    "steps", "strengthen", "take", "the", "to", "torture", "treaty", "water",
]  # fmt: skip
ACTIONS, ISSUES = ("continue to", "consider to", "take steps to"), ("torture", "schools", "health", "water", "prisons")


def tiny_bert(folder: Path) -> Path:
    """Write a model folder of 30 words, two layers and random weights to `folder`, and return it."""
    import torch
    from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors
    from transformers import BertConfig, BertModel

    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", *WORDS]
    tokenizer = Tokenizer(models.WordPiece({word: at for at, word in enumerate(words)}, unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.Lowercase()
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    tokenizer.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]", special_tokens=[("[CLS]", 2), ("[SEP]", 3)]
    )
    torch.manual_seed(7)
    size = {"hidden_size": 32, "intermediate_size": 64, "num_hidden_layers": 2, "num_attention_heads": 4}
    config = BertConfig(vocab_size=len(words), max_position_embeddings=40, initializer_range=0.2, **size)
    BertModel(config).save_pretrained(folder)
    tokenizer.save(str(folder / "tokenizer.json"))
    return folder


def texts_and_tasks() -> tuple[list[str], list[Task]]:
    """Return texts whose opening is their action and whose words are their issues, and the two tasks."""
    texts, openings, issues = [], [], []
    for action, opening in enumerate(ACTIONS):
        for first, one in enumerate(ISSUES):
            for second, other in enumerate(ISSUES):
                texts.append(f"{opening} reform {one} in arvandia and {other}")
                openings.append(action)
                issues.append({first, second})
    rows = np.arange(len(texts))
    read = rows[rows % 7 != 0]
    themes = np.array([[issue in found for issue in range(len(ISSUES))] for found in issues])
    return texts, [
        Task("themes", read, themes[read], weight=0.5),
        Task("action", rows, np.eye(len(ACTIONS), dtype=bool)[openings], exclusive=True),
    ]
