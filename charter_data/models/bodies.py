"""Who and where: agencies, the city's ground, the laws."""

from functools import cached_property
from typing import Annotated

from pydantic import Field

from charter_data.models.base import AreaCode, Key, Line, Phone, Record, Slug, Source, Text, Url
from charter_data.vocabulary import Certainty

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
    area_km2: Annotated[float, Field(gt=0)]
    population_2010: Population
    districts: Annotated[tuple[District, ...], Field(min_length=1)]


class Area(Record):
    """Hold the city's ground: codes, size, people, subdistricts."""

    bps_code: AreaCode
    kemendagri_code: Line
    area_km2: Annotated[float, Field(gt=0)]
    population: Population
    population_on: Line
    neighbours: Text
    hazards: Text
    subdistricts: Annotated[tuple[Subdistrict, ...], Field(min_length=1)]
    sources: tuple[Source, ...]
    codes_licence: Line

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
