"""What is defined as data: signs, distortions, measures, rules, questionnaires, note templates and wording."""

from core.catalogue.loading import Catalogue, load_catalogue
from core.catalogue.wording import find_banned_words

__all__ = ["Catalogue", "find_banned_words", "load_catalogue"]
