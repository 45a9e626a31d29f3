"""The revisions, oldest first. A revision never changes once it was released."""
