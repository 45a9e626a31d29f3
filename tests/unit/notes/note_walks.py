"""What a session note repeats of the record, from every source, and a whole note as it is copied."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import product

from core.catalogue import load_catalogue
from core.model.check_in_parts import Source
from core.model.notes import NoteContent
from core.notes import full_facts, plain_text, statements
from tests.builders import TODAY, check_in, recorded, session
from tests.unit.charts.forms import answered, filled
from tests.unit.notes import test_full_facts as facts
from tests.unit.notes import test_plain_text as copies
from tests.unit.notes.walks import OFTEN, WEEK, Told, every_finding, little, much, walks

CATALOGUE = load_catalogue()


@walks(
    full_facts.facts_of,
    statements.check_in_statements,
    statements.sign_statement,
    statements.questionnaire_statements,
    statements.attendance_statement,
    plain_text.note_text,
)
def of_notes() -> Iterator[Told]:
    words = statements.Vocabulary(signs=CATALOGUE.warning_signs, distortions=CATALOGUE.distortions)
    yield tuple(fact.words for fact in full_facts.facts_of(facts.FULL, facts.NAMES))
    made = [much("ws_checking", OFTEN), little("ws_checking", None), check_in(anxiety=0, reassurance=0, distortions=0)]
    for content, source in product(made, Source):
        told = replace(content, source=source, client_words="x")
        yield tuple(each.text for each in statements.check_in_statements(recorded(told), words, facts.LISTS))
    for finding in every_finding():
        if finding.asked_check_ins:
            yield (statements.sign_statement(finding, words).text,)
    sheets = [filled("gad7", 15, TODAY - WEEK, 1), filled("gad7", None, TODAY, 2), filled("phq9", 9, TODAY, 3)]
    sheets += [answered("phq9", {item: item % 3 for item in range(1, 10)}, TODAY, 4), filled("ecr_s", 20, TODAY, 5)]
    given = list(statements.questionnaire_statements(sheets))
    yield tuple(each.text for each in given)
    attended = statements.attendance_statement(session())
    yield (attended.text,)
    yield tuple(copies.copied(NoteContent(template="soap", statements=copies.placed(*given))).split("\n"))
