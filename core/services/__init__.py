"""The verbs: one function for each thing a therapist does, over an open unit of work.

A service never commits: whoever opened the unit of work does, once, after the service returned.
"""
