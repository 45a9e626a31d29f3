"""One SQL file for each released revision: a practice as that revision kept it. Made once, never changed.

One exception: 0005 to 0008 held the seal of a draft by a rule that was given up before any version had it (its words
left out), and were sealed anew by the rule that every version used.

To add one: `python -m tests.store.filled.write FILE` on a practice that holds every kind of record.
"""
