"""The closed vocabularies of the charter: English names in code, the field's own keys in data."""

from enum import StrEnum


class Standing(StrEnum):
    """Say on whose authority a figure stands; only the first two make it a promise."""

    REQUIRED = "wajib"
    AGREED = "disepakati"
    PROPOSED = "usulan"
    REFERENCE = "acuan"

    @property
    def is_promise(self) -> bool:
        """Tell whether citizens may hold the owner to a figure of this standing."""
        return self in (Standing.REQUIRED, Standing.AGREED)


class Event(StrEnum):
    """Name the ten moments T0 to T9 of an emergency call."""

    CALL_ARRIVES = "masuk"
    ANSWERED = "angkat"
    LOGGED = "catat"
    PASSED_ON = "terus"
    ACCEPTED = "terima"
    LEAVES = "berangkat"
    ARRIVES = "tiba"
    HELP_BEGINS = "tolong"
    CLOSED = "selesai"
    CALLER_TOLD = "kabar"


class SideEvent(StrEnum):
    """Name what else may happen during a call, beside T0 to T9."""

    GUIDANCE = "pandu"
    ESCALATION = "eskalasi"
    TRANSFER = "alih"
    JOINED = "gabung"
    CANCELLED = "batal"
    AT_HOSPITAL = "tiba_rs"
    POWER_CUT = "arus_padam"
    ROAD_OPEN = "jalan_buka"
    COMPANION = "damping"
    PROTECTION = "lindung"
    MASS_INCIDENT = "massal"
    DOUBT = "ragu"


class FeedbackEvent(StrEnum):
    """Name the moments of a piece of feedback or of an objection."""

    RECEIVED = "masukan_diterima"
    READ = "masukan_dibaca"
    ANSWERED = "masukan_dijawab"
    OBJECTION = "keberatan_diterima"
    OBJECTION_ANSWERED = "keberatan_dijawab"


class CallClass(StrEnum):
    """Class a call after it has ended."""

    EMERGENCY = "darurat"
    NOT_EMERGENCY = "bukan_darurat"
    INFORMATION = "informasi"
    NUISANCE = "iseng"
    FALSE_REPORT = "palsu"
    MISTAKEN = "keliru"
    MISDIALLED = "salah_tekan"
    SILENT = "senyap"
    DROPPED = "terputus"
    TEST = "uji"
    SAME_INCIDENT = "ganda"


class HandoverMode(StrEnum):
    """Say how one agency hands a call to the next."""

    RELAY = "relay"
    CONFERENCE = "conference"
    SAME_ROOM = "same_room"
    DIRECT = "direct"


class Unit(StrEnum):
    """Measure a target; a working day and a day differ in law."""

    SECOND = "s"
    MINUTE = "min"
    HOUR = "h"
    DAY = "day"
    WORKING_DAY = "working_day"


class Calendar(StrEnum):
    """Say which days the clock of a promise counts."""

    ALWAYS = "24x7"
    DAYS = "hari"
    WORKING_DAYS = "hari_kerja"


class Exclusion(StrEnum):
    """Name what takes a case out of a promise; each is counted and shown."""

    MASS_INCIDENT = "massal"
    WRONG_ADDRESS = "alamat_keliru"
    ROAD_CUT = "jalan_putus"
    UNIT_REFUSED = "unit_ditolak"


class Intake(StrEnum):
    """Say whether feedback is taken, and whether an answer is owed."""

    CLOSED = "closed"
    PILOT = "pilot"
    OPEN = "open"


class Certainty(StrEnum):
    """Say how sure we are of a fact."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class Component(StrEnum):
    """Name the 14 components of a service standard (UU 25/2009 art. 21)."""

    LEGAL_BASIS = "dasar-hukum"
    REQUIREMENTS = "persyaratan"
    PROCEDURE = "prosedur"
    TIME = "jangka-waktu"
    COST = "biaya"
    RESULT = "produk"
    FACILITIES = "sarana"
    COMPETENCE = "kompetensi"
    SUPERVISION = "pengawasan"
    COMPLAINTS = "pengaduan"
    STAFF = "jumlah-pelaksana"
    GUARANTEE = "jaminan-pelayanan"
    SAFETY = "jaminan-keamanan"
    EVALUATION = "evaluasi"


class PartyKind(StrEnum):
    """Group the parties of the agreement."""

    USER = "user"
    PROVIDER = "provider"
    COUNCIL = "council"
    NGO = "ngo"
    LEADER = "leader"
    PRIVATE = "private"


class ServiceKind(StrEnum):
    """Part emergencies from what is about conduct on the line."""

    EMERGENCY = "emergency"
    CONDUCT = "conduct"


class Side(StrEnum):
    """Name the three sides of rights and obligations."""

    CITIZEN = "warga"
    PROVIDER = "penyelenggara"
    STAKEHOLDER = "mitra"
