"""Who and where: agencies, the city's ground, the laws."""

from functools import cached_property
from typing import Annotated

from pydantic import Field

from charter_data.models.base import AreaCode, ClauseId, Key, Line, Phone, Record, Slug, Source, Text, Url
from charter_data.vocabulary import Certainty, HandoverMode

Size = Annotated[float, Field(gt=0)]
Population = Annotated[int, Field(gt=0, le=100_000_000)]


class Agency(Record):
    """Hold one body that a call may reach; a null fact is one we have not found."""

    key: Key
    name: Text
    short: Line
    role: Text
    bound_by_city: bool
    emergency_number: Phone | None
    phone: Phone | None
    address: Line | None
    duty_post: Text | None
    source: Source


class District(Record):
    """Hold one kelurahan by its BPS code."""

    code: AreaCode
    name: Line


class Subdistrict(Record):
    """Hold one kecamatan and its kelurahan."""

    code: AreaCode
    name: Line
    area_km2: Size | None
    population_2010: Population | None
    districts: Annotated[tuple[District, ...], Field(min_length=1)]


class Crossing(Record):
    """Hold how a call from beyond the city's limits is handed to the neighbour."""

    text: Text
    to: Key
    mode: HandoverMode
    promise: ClauseId | None


class Area(Record):
    """Hold the city's ground: codes, size, people, subdistricts; a null fact is one we have not found."""

    bps_code: AreaCode
    kemendagri_code: Line | None
    area_km2: Size | None
    population: Population | None
    population_on: Line | None
    neighbours: Text
    hazards: Text
    crossings: tuple[Crossing, ...] = ()
    subdistricts: tuple[Subdistrict, ...]
    sources: tuple[Source, ...]
    codes_licence: Line | None

    @cached_property
    def district(self) -> dict[str, District]:
        """Give every kelurahan by its BPS code."""
        return {district.code: district for part in self.subdistricts for district in part.districts}


class Law(Record):
    """Hold one law, regulation or decree and what it asks of 112."""

    key: Slug
    short: Line
    title: Line
    about: Text
    url: Url | None
    certainty: Certainty
    note: Text | None = None
