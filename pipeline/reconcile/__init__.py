"""One set of recommendations out of everything the sources say of a review.

`reconcile` is the entry; docs/reconcile.md states the rules: what is the same recommendation, whom to trust.
"""

from pipeline.reconcile.assemble import Reconciled, reconcile

__all__ = ["Reconciled", "reconcile"]
