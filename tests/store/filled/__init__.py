"""One SQL file for each released revision: a practice as that revision kept it. Made once, never changed.

To add one: `python -m tests.store.filled.write FILE` on a practice that holds every kind of record.
"""
