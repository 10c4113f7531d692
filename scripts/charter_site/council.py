"""The council's monthly report: ten figures, what is owed and who disagrees, on at most four sheets."""

from functools import partial

from charter_data.models import Charter
from charter_data.seals import short_seal
from charter_data.snapshot import Snapshot
from scripts.charter_site.charts import bars
from scripts.charter_site.measures import Measures
from scripts.charter_site.rendering import environment, render
from scripts.charter_site.words import Language, Words

MOST_PAGES = 4


def report(charter: Charter, snapshot: Snapshot, language: Language) -> str:
    """Give the report as HTML, from the charter and the snapshot alone: the same two give the same bytes."""
    measures, words = Measures(snapshot), Words(language)
    env = environment(charter, language, measures)
    env.globals |= {
        "bars": partial(bars, charter, words, measures),
        "dated": snapshot.made_at.date(),
        "seal": short_seal(charter),
        "is_simulated": measures.is_simulated or charter.info.simulated,
    }
    return render(env, "council.html", "")
