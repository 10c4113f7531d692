"""What may be sent in about a request."""

from typing import Annotated

from pydantic import StringConstraints

from site_api.intake import PlainLine, Submission


class Ask(Submission):
    """Hold why something is asked for."""

    reason: Annotated[PlainLine, StringConstraints(min_length=3, max_length=300)]


class Refusal(Submission):
    """Hold why a request is refused; whoever asked reads it."""

    refused_because: Annotated[PlainLine, StringConstraints(min_length=3, max_length=300)]
