"""Tokens at rest: sealed with `TFT_SECRET_KEY`, plain where no key is set."""

from collections.abc import Sequence

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

MARK = "fernet:"


class CannotOpen(RuntimeError):
    """A stored token is sealed with a key that is not among ours."""


class Seal:
    """Seals with the first key and opens with any of them, so that a key can be replaced. Without keys it seals nothing."""

    def __init__(self, keys: Sequence[str] = ()) -> None:
        self._fernet = MultiFernet([Fernet(key) for key in keys]) if keys else None

    def close(self, token: str) -> str:
        """The token as it is stored."""
        return MARK + self._fernet.encrypt(token.encode()).decode() if self._fernet else token

    def open(self, stored: str) -> str:
        """The token, ready to use; one that was stored before there was a key is plain."""
        if not stored.startswith(MARK):
            return stored
        if self._fernet is None:
            raise CannotOpen("TFT_SECRET_KEY is not set")
        try:
            return self._fernet.decrypt(stored.removeprefix(MARK).encode()).decode()
        except InvalidToken:
            raise CannotOpen("TFT_SECRET_KEY is another one") from None


def is_sealed(stored: str) -> bool:
    """Whether a stored token is unreadable without a key."""
    return stored.startswith(MARK)


def new_key() -> str:
    """A fresh key for `TFT_SECRET_KEY`."""
    return Fernet.generate_key().decode()
