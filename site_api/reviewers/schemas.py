"""What an account is made of, and what it takes to sign in."""

from typing import Annotated

from pydantic import StringConstraints

from site_api.intake import Submission

NAME_FORM = r"^[a-z][a-z0-9._-]{2,31}$"
SHORTEST_PASSWORD = 15
LONGEST_PASSWORD = 256


class SignIn(Submission):
    """Hold what somebody types to come in."""

    name: Annotated[str, StringConstraints(max_length=64)]
    password: Annotated[str, StringConstraints(max_length=LONGEST_PASSWORD)]


def fault_of_password(password: str) -> str | None:
    """Say what is wrong with a new password (NIST SP 800-63B: long, no rules of composition)."""
    if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
        return f"a password has {SHORTEST_PASSWORD} to {LONGEST_PASSWORD} characters"
    if len(set(password)) < 5:
        return "a password has at least five different characters"
    return None
