"""Sentences about the record, each tied to the records it rests on, and the note they stand in."""
