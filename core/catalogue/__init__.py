"""What is defined as data: the documents' vocabulary, measures, rules, questionnaires, templates, handouts, wording."""

from core.catalogue.handouts import find_entries, find_handouts
from core.catalogue.loading import Catalogue, load_catalogue
from core.catalogue.profile_choices import practice_names, profile_choices
from core.catalogue.topics import Topic, find_topics, measure_topic, questionnaire_topic, topics
from core.catalogue.wording import find_banned_words

__all__ = [
    "Catalogue",
    "Topic",
    "find_banned_words",
    "find_entries",
    "find_handouts",
    "find_topics",
    "load_catalogue",
    "measure_topic",
    "practice_names",
    "profile_choices",
    "questionnaire_topic",
    "topics",
]
