"""The security headers that every response carries, errors included."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "style-src 'self'",
        "img-src 'self' data:",
        "script-src 'self'",
        "connect-src 'self'",
        "worker-src 'self'",
        "manifest-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
SECURITY_HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
CACHE = "cache-control"
Wsgi = Callable[[dict[str, Any], Any], Iterable[bytes]]


@dataclass(frozen=True)
class SecurityHeaders:
    """Put the headers on every response that leaves the app, whatever made it."""

    app: Wsgi

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        """Answer a request; nobody keeps what answers a POST, for it may carry a code or somebody's words."""
        is_post = environ["REQUEST_METHOD"] == "POST"

        def start(status: str, headers: list[tuple[str, str]], *failed: Any) -> Any:
            if is_post:
                headers = [one for one in headers if one[0].lower() != CACHE]
                headers.append(("Cache-Control", "no-store"))
            return start_response(status, [*headers, *SECURITY_HEADERS.items()], *failed)

        return self.app(environ, start)
