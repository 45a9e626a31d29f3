"""The synthetic practice: twelve invented people, drawn from a seed and recorded through core.services."""
