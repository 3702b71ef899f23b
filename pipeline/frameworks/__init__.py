"""Cooperation Frameworks: read to one form, what their items name, which of them carries a recommendation, what is left out."""
