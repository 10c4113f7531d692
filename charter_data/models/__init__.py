"""What a charter is: frozen records, no input or output."""

from charter_data.models.agreements import (
    AgreedClause,
    Agreement,
    Agreements,
    HoaxPolicy,
    HoaxStep,
    OpenPoint,
    Party,
)
from charter_data.models.base import LegalReference, Record, Source, Target, Text
from charter_data.models.bodies import Agency, Area, District, Law, Subdistrict
from charter_data.models.changes import Changes
from charter_data.models.charter import Charter, City, ComplaintOfficer, Info
from charter_data.models.clauses import (
    Clause,
    Clauses,
    Clock,
    Handover,
    Obligation,
    PartnerClause,
    Power,
    Promise,
    Right,
    StandardComponent,
    Step,
    anchor_of,
)
from charter_data.models.definitions import Definitions
from charter_data.models.services import Action, Needs, Review, Service, SpecialCase
from charter_data.models.texts import Card, Common, EmergencyNumber, Texts

__all__ = [
    "Action",
    "Agency",
    "AgreedClause",
    "Agreement",
    "Agreements",
    "Area",
    "Card",
    "Changes",
    "Charter",
    "City",
    "Clause",
    "Clauses",
    "Clock",
    "Common",
    "ComplaintOfficer",
    "Definitions",
    "District",
    "EmergencyNumber",
    "Handover",
    "HoaxPolicy",
    "HoaxStep",
    "Info",
    "Law",
    "LegalReference",
    "Needs",
    "Obligation",
    "OpenPoint",
    "PartnerClause",
    "Party",
    "Power",
    "Promise",
    "Record",
    "Review",
    "Right",
    "Service",
    "Source",
    "SpecialCase",
    "StandardComponent",
    "Step",
    "Subdistrict",
    "Target",
    "Text",
    "Texts",
    "anchor_of",
]
