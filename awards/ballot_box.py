"""The sealed ballot box of each case: a sum of choices that nobody reads before the closing.

A choice is never stored by itself: it is added to the sum of its case while the voter's request
lasts. The sum is sealed (Fernet: AES-CBC and HMAC) with a key that the database does not hold, of
one length whatever it says and with no time on it. Every box of a session is sealed anew at each
vote, also where nothing was added, so that no row tells where a member did not vote. The key of a
session comes from ``SECRET_KEY``; what was sealed before the key was changed is opened with
``SECRET_KEY_FALLBACKS``.
"""

import base64
import struct
from collections.abc import Iterable
from typing import NamedTuple

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from awards.kinds import Choice
from config.workflow import RuleViolation

LAYOUT = struct.Struct(">QQIII")
"""What is sealed: the session and the case it belongs to, then the three sums; one length."""
NO_TIME = 0
"""Fernet writes its time in clear; here it would tell when the last vote was cast."""
BROKEN = (
    "Không mở được thùng phiếu: khóa bí mật của cổng không phải khóa đã niêm phong, hoặc dữ liệu "
    "đã bị sửa. Hãy báo quản trị hệ thống; phiên họp chưa thay đổi gì."
)


class Sums(NamedTuple):
    """How many ballots said what about one case, in the order of ``Choice``."""

    votes_for: int = 0
    votes_against: int = 0
    votes_invalid: int = 0

    @property
    def ballots(self) -> int:
        return sum(self)

    def plus(self, other: "Sums") -> "Sums":
        return Sums(*(one + more for one, more in zip(self, other, strict=True)))

    @classmethod
    def of(cls, choice: str) -> "Sums":
        """One ballot."""
        return cls(*(int(choice == each) for each in Choice.values))


class BallotBoxes:
    """The boxes of one session's cases."""

    def __init__(self, session_id: int):
        self.session_id = session_id
        secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
        self.seal = MultiFernet([Fernet(_key(secret, session_id)) for secret in secrets])

    def fill(self, case, sums: Sums) -> None:
        """Seal these sums as the box of the case; the caller saves."""
        plain = LAYOUT.pack(self.session_id, case.pk, *sums)
        case.box = self.seal.encrypt_at_time(plain, NO_TIME).decode()

    def empty(self, cases: Iterable) -> None:
        """Seal boxes without any ballot, when voting begins."""
        for case in cases:
            self.fill(case, Sums())

    def cast(self, cases: Iterable, choices: dict[int, str]) -> None:
        """Add one member's choices (by key of the case), and seal every box anew."""
        for case in cases:
            choice = choices.get(case.pk)
            self.fill(case, self.open(case).plus(Sums.of(choice) if choice else Sums()))

    def open(self, case) -> Sums:
        """The sums of a case; refused where the seal is broken or the box is another's."""
        try:
            session_id, case_id, *sums = LAYOUT.unpack(self.seal.decrypt(case.box.encode()))
        except (InvalidToken, struct.error) as broken:
            raise RuleViolation(BROKEN) from broken
        if (session_id, case_id) != (self.session_id, case.pk):
            raise RuleViolation(BROKEN)
        return Sums(*sums)


def _key(secret: str, session_id: int) -> bytes:
    """A key of this session alone, in the form that Fernet takes."""
    derive = HKDF(SHA256(), 32, salt=None, info=f"awards.ballot_box:{session_id}".encode())
    raw = secret.encode() if isinstance(secret, str) else secret
    return base64.urlsafe_b64encode(derive.derive(raw))
