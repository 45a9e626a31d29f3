"""Reusable pieces of screen: they draw values and return what was chosen; they never read or save a record."""
