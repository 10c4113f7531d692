"""A phone that keeps pages, and a server that is well, silent, broken, or says what a test wants."""

import threading
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from playwright.sync_api import Page
from werkzeug.wrappers import Response

READY = """() => navigator.serviceWorker.ready.then(found => new Promise(ready => {
    const look = () => found.active.state === "activated" ? ready(found.scope) : setTimeout(look, 20);
    look();
}))"""
KEPT = """async () => {
    const kept = {};
    for (const name of await caches.keys())
        for (const request of await (await caches.open(name)).keys())
            kept[request.url] = (await (await caches.match(request)).arrayBuffer()).byteLength;
    return kept;
}"""
NAMES = "() => caches.keys()"
NOTHING_LEFT = """(await caches.keys()).length === 0
    && (await navigator.serviceWorker.getRegistrations()).length === 0"""
UNTIL = """async () => {
    for (let tries = 0; tries < 500; tries++) {
        if (%s) return true;
        await new Promise(again => setTimeout(again, 20));
    }
    return false;
}"""


@dataclass
class Server:
    """Answer like an app, until told to be `silent` or `broken`; `instead` holds scripts of its own."""

    app: WSGIApplication
    mood: str = "well"
    instead: dict[str, str] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    spoken: threading.Event = field(default_factory=threading.Event)
    address: str = ""

    def __call__(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        path = str(environ["PATH_INFO"])
        self.asked.append(path)
        if path in self.instead:
            own = Response(
                self.instead[path], mimetype="text/javascript", headers={"Cache-Control": "no-cache"}
            )
            return own(environ, start)
        if self.mood == "silent":
            self.spoken.wait(60)
        if self.mood != "well":
            return Response("broken", 502)(environ, start)
        return self.app(environ, start)


def keep_pages(page: Page, address: str = "/") -> str:
    """Visit a page once and wait until the phone keeps all that it is to keep; give the worker's scope."""
    page.goto(address)
    scope: str = page.evaluate(READY)
    return scope


def becomes_true(page: Page, condition: str) -> bool:
    """Tell whether a condition that waits for promises holds within ten seconds."""
    return bool(page.evaluate(UNTIL % condition))


def kept(page: Page) -> dict[str, int]:
    """Give the address and the length of all that lies on the phone."""
    found: dict[str, Any] = page.evaluate(KEPT)
    return found
