"""What is defined as data: the documents' vocabulary, measures, rules, questionnaires, templates, handouts, wording."""

from core.catalogue.handouts import find_entries, find_handouts
from core.catalogue.loading import Catalogue, load_catalogue
from core.catalogue.wording import find_banned_words

__all__ = ["Catalogue", "find_banned_words", "find_entries", "find_handouts", "load_catalogue"]
