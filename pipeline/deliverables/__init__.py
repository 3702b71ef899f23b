"""Word and Excel documents on each State under review, for the three moments of a review."""
