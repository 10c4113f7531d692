"""What a city signs of its record of changes once a day, so that others can hold it to that."""

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints

from charter_data.models import Record
from charter_data.models.base import AreaCode, Hash
from charter_data.seals import canonical, fingerprint

FORMAT: Literal["piagam112/audit-head/1"] = "piagam112/audit-head/1"
LIST_FORMAT = "piagam112/audit-heads/1"
FILE = "audit.json"


class AuditHead(Record):
    """Hold one signed head: after so many rows the chain ends in this hash; `previous` names the last one."""

    city: AreaCode
    day: date
    format: Literal["piagam112/audit-head/1"] = FORMAT
    head: Hash
    key: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{16}$")]
    made_at: Annotated[str, StringConstraints(pattern=r"^[0-9]{4}(-[0-9]{2}){2}T([0-9]{2}:){2}[0-9]{2}Z$")]
    previous: Hash
    rows: Annotated[int, Field(ge=0)]
    sequence: Annotated[int, Field(ge=1)]
    signature: Annotated[str, StringConstraints(pattern=r"^([A-Za-z0-9_-]{86})?$")] = ""

    @property
    def signed(self) -> bytes:
        """Give what the signature covers: all other members in canonical form."""
        return canonical(self.model_dump(mode="json", exclude={"signature"}))

    @property
    def whole(self) -> str:
        """Give the head as it is published: canonical JSON with its signature."""
        return canonical(self.model_dump(mode="json")).decode()

    @property
    def digest(self) -> str:
        """Give the hash by which the next head names this one."""
        return fingerprint(self.model_dump(mode="json"))


def published(city: str, kind: str, heads: tuple[AuditHead, ...]) -> dict[str, Any]:
    """Give what the site publishes of all heads, the oldest first."""
    listed = [head.model_dump(mode="json") for head in heads]
    return {"city": city, "format": LIST_FORMAT, "heads": listed, "kind": kind}
