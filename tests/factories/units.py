"""Units with right paths, people and their appointments; plain objects, one factory per model.

``person(role, unit)`` is what most tests want: a user who holds a role in a unit.
"""

from datetime import date

import factory
from factory.django import DjangoModelFactory

from config import clock
from units.kinds import Kind, Role
from units.models import Appointment, LogEntry, Succession, Unit, User

START = date(2021, 1, 1)


class UnitFactory(DjangoModelFactory):
    """Not used by itself: each kind of unit has its own factory below."""

    class Meta:
        model = Unit
        abstract = True

    code = factory.Sequence(lambda n: f"{n:05}")
    name = factory.LazyAttribute(lambda unit: f"{unit.subtype.capitalize()} {unit.short_name}")
    valid_from = START

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        unit = model_class(*args, **kwargs)
        unit.fill_keys()
        unit.save()
        unit.path = unit.place()
        unit.save(update_fields=["path"])
        return unit


class ProvinceFactory(UnitFactory):
    kind = Kind.PROVINCE
    subtype = "tỉnh"
    code = factory.Sequence(lambda n: f"T{n}")
    short_name = factory.Sequence(lambda n: f"An Bình {n}")


class DepartmentFactory(UnitFactory):
    kind = Kind.DEPARTMENT
    subtype = "sở"
    code = factory.Sequence(lambda n: f"S{n}")
    short_name = factory.Sequence(lambda n: f"Nghiên cứu {n}")
    parent = factory.SubFactory(ProvinceFactory)


class DistrictFactory(UnitFactory):
    kind = Kind.DISTRICT
    subtype = "huyện"
    code = factory.Sequence(lambda n: f"H{n}")
    short_name = factory.Sequence(lambda n: f"Đông Sơn {n}")
    parent = factory.SubFactory(ProvinceFactory)


class CommuneFactory(UnitFactory):
    kind = Kind.COMMUNE
    subtype = "xã"
    short_name = factory.Sequence(lambda n: f"Ấm Thượng {n}")
    parent = factory.SubFactory(DistrictFactory)


class VillageFactory(UnitFactory):
    kind = Kind.VILLAGE
    subtype = "thôn"
    code = factory.Sequence(lambda n: f"V{n}")
    short_name = factory.Sequence(lambda n: f"Đồi {n}")
    parent = factory.SubFactory(CommuneFactory)


class EnterpriseFactory(UnitFactory):
    kind = Kind.ENTERPRISE
    subtype = "công ty"
    code = factory.Sequence(lambda n: f"D{n}")
    short_name = factory.Sequence(lambda n: f"Ước Mơ {n}")
    parent = factory.SubFactory(CommuneFactory)


class SuccessionFactory(DjangoModelFactory):
    """A merger on the day the predecessor ends: pass a predecessor with ``valid_to``."""

    class Meta:
        model = Succession

    predecessor = factory.SubFactory(CommuneFactory, valid_to=date(2025, 1, 1))
    date = factory.SelfAttribute("predecessor.valid_to")
    successor = factory.SubFactory(
        CommuneFactory,
        valid_from=factory.SelfAttribute("..date"),
        parent=factory.SelfAttribute("..predecessor.parent"),
    )
    way = Succession.Way.MERGE
    basis = "Nghị quyết thử nghiệm"


class UserFactory(DjangoModelFactory):
    """A person who cannot sign in by password: tests use ``client.force_login``.

    With ``password="…"`` (a browser test) the password is hashed and works.
    """

    class Meta:
        model = User

    username = factory.Sequence(lambda n: f"nguoi-{n}")
    full_name = factory.Sequence(lambda n: f"Nguyễn Thị Ước {n}")
    email = factory.LazyAttribute(lambda user: f"{user.username}@example.vn")
    password = None

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        password = kwargs.pop("password")
        user = model_class(*args, **kwargs)
        user.set_password(password)
        user.save()
        return user


class AppointmentFactory(DjangoModelFactory):
    class Meta:
        model = Appointment

    user = factory.SubFactory(UserFactory)
    unit = factory.SubFactory(DistrictFactory)
    role = Role.REPORTER
    starts = START
    basis = "Phân công thử nghiệm"


class LogEntryFactory(DjangoModelFactory):
    class Meta:
        model = LogEntry

    by = factory.SubFactory(UserFactory)
    at = factory.LazyFunction(clock.now)
    action = "thử"
    model = "units.Unit"
    label = "một dòng nhật ký"


def person(role, unit, *, starts=START, ends=None, **fields):
    """A user who holds ``role`` in ``unit``; ``fields`` are those of the user."""
    user = UserFactory(**fields)
    AppointmentFactory(user=user, unit=unit, role=role, starts=starts, ends=ends)
    return user
