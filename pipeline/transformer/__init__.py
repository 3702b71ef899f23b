"""The small encoder that is fine-tuned on the tags themselves.

`network` is MiniLM with pooling and one head a task, `fine_tuning` trains it and can go on where it was stopped,
`compression` writes it as an int8 file that needs no torch, and `pipeline.features` runs that file.
"""
