"""Text classifiers: what they are trained on, how they decide, and why.

`ngrams` turns texts to features, `linear` fits hyperplanes on them, `heads` are hyperplanes over the features of the
fine-tuned encoder; `calibration` makes probabilities of their margins, `decision` sets thresholds, `evidence` names the
words behind a tag; `tagger` is what is released, `training` and, with rules beside the classifier, `stacking` how it
comes about. A classifier of another kind is one
more module here whose margins go through the same calibration.
"""
