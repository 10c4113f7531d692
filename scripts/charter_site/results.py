"""What is printed of a figure: the value that its target judges, and no more than small numbers allow."""

from charter_data.models import Charter, Promise
from charter_data.snapshot import Figure
from charter_data.vocabulary import Event, FeedbackEvent
from scripts.charter_site.views import event_names
from scripts.charter_site.words import SMALL, Words

JUDGED_FROM = 10


def sentences(words: Words, promise: Promise, figure: Figure) -> tuple[str, ...]:
    """Give what was measured, the value that the target judges first."""
    said = [_judged(words, promise, figure), _median(words, promise, figure)]
    if figure.p90_s is not None and (figure.n or 0) >= SMALL:
        said.append(words.labels["longest"].format(time=words.seconds(figure.p90_s)))
    return tuple(sentence for sentence in said if sentence)


def headline(words: Words, promise: Promise, figure: Figure) -> str:
    """Give the one value to read first: the one that the target judges, with its limit, else the median."""
    if is_average(promise) and figure.mean_s is not None:
        limit = words.duration(promise.targets[0])
        return str(words.labels["mean_limit"].format(time=words.seconds(figure.mean_s), limit=limit))
    return next(iter(sentences(words, promise, figure)), str(words.labels["no_time"]))


def brief(words: Words, promise: Promise, figure: Figure) -> str:
    """Give what the target judges as it fits beside a leg; nothing where nothing may be told."""
    if figure.n and counts_within(promise, figure):
        return _within(words, promise, figure, words.labels["within"]).rstrip(".")
    said = sentences(words, promise, figure)
    if not said or not figure.n:
        return ""
    return f"{words.lower_first(said[0].rstrip('.'))}, {cases(words, promise, figure.n)}"


def counted(words: Words, promise: Promise, figure: Figure) -> str:
    """Give how many cases a figure rests on, how many had no time and how many an impossible order."""
    form = words.labels["counted_odd"] if figure.out_of_order else words.labels["counted"]
    said = cases(words, promise, figure.n or 0)
    return str(form.format(cases=said, missing=figure.missing, odd=figure.out_of_order))


def cases(words: Words, promise: Promise, count: int) -> str:
    """Give a number of what was counted, by its name: calls, cases or feedback."""
    end = promise.clock.end if promise.clock else None
    kind = "call" if end is Event.ANSWERED else "feedback" if isinstance(end, FeedbackEvent) else "case"
    one, many = words.labels["counted_what"][kind]
    return f"{words.number(count)} {one if count == 1 else many}"


def unmeasured(charter: Charter, words: Words, promise: Promise) -> str:
    """Give what is said where there is no figure: which times have not reached us."""
    clock = promise.clock
    if clock is None or isinstance(clock.end, FeedbackEvent):
        return str(words.labels["unmeasured_yet"])
    event = words.lower_first(words.text(event_names(charter)[clock.end]))
    return str(words.labels["unmeasured_event"].format(event=event))


def is_too_small_to_judge(promise: Promise, figure: Figure) -> bool:
    """Tell whether a promise is not judged because there were too few cases."""
    return promise.standing.is_promise and figure.n is not None and 0 < figure.n < JUDGED_FROM


def counts_within(promise: Promise, figure: Figure) -> bool:
    """Tell whether a figure says how many were within the limit of a promise for a share."""
    return bool(promise.targets) and promise.targets[0].share != "average" and figure.within is not None


def is_average(promise: Promise) -> bool:
    """Tell whether a promise is judged by the average."""
    return bool(promise.targets) and promise.targets[0].share == "average"


def _judged(words: Words, promise: Promise, figure: Figure) -> str:
    if is_average(promise) and figure.mean_s is not None:
        return str(words.labels["mean"].format(time=words.seconds(figure.mean_s)))
    if not figure.n or not counts_within(promise, figure):
        return ""
    form = words.labels["within"] if figure.n < SMALL else words.labels["within_percent"]
    return _within(words, promise, figure, form)


def _within(words: Words, promise: Promise, figure: Figure, form: str) -> str:
    part, whole = figure.within or 0, figure.n or 0
    said = {
        "share": words.labels["x_of_y"].format(part=words.number(part), whole=words.number(whole)),
        "limit": words.duration(promise.targets[0]),
        "percent": words.share(part, whole),
    }
    return form.format(**said)


def _median(words: Words, promise: Promise, figure: Figure) -> str:
    shows_mean = is_average(promise) and figure.mean_s is not None
    if figure.median_s is None or shows_mean:
        return ""
    return str(words.labels["median"].format(time=words.seconds(figure.median_s)))
