"""What an account is made of, and what somebody types to get one or to change it."""

import re
from collections.abc import Collection, Iterator
from typing import Annotated

from pydantic import StringConstraints

from site_api.errors import FieldFault, Invalid
from site_api.intake import MAIL, Submission
from site_api.reviewers.models import Role

NAME_FORM = re.compile(r"[a-z][a-z0-9._-]{2,31}")
ON_GROUND = frozenset({Role.NGO})
"""Who is outside government, and reads on a written ground alone."""

Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=3, max_length=200)]


class NewAccount(Submission):
    """Hold whom somebody invites; an NGO comes with its name and the document on whose ground it reads."""

    name: Annotated[str, StringConstraints(max_length=32)]
    role: Role
    agency: str | None = None
    organisation: Words | None = None
    basis: Words | None = None
    email: Annotated[str, StringConstraints(max_length=254)] | None = None

    def check(self, agencies: Collection[str]) -> None:
        """Hold the parts to each other and to the charter's agencies; raises Invalid with every fault."""
        if faults := list(self._faults(agencies)):
            raise Invalid(faults)

    def _faults(self, agencies: Collection[str]) -> Iterator[FieldFault]:
        if not NAME_FORM.fullmatch(self.name):
            yield FieldFault("name", "name_form")
        if self.role is Role.AGENCY and self.agency not in agencies:
            yield FieldFault("agency", "unknown_agency")
        if self.role is not Role.AGENCY and self.agency is not None:
            yield FieldFault("agency", "agency_not_here")
        if self.role in ON_GROUND and self.organisation is None:
            yield FieldFault("organisation", "missing")
        if self.role in ON_GROUND and self.basis is None:
            yield FieldFault("basis", "basis_missing")
        if self.email is not None and not MAIL.fullmatch(self.email):
            yield FieldFault("email", "mail_form")
