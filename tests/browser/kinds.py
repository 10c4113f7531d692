"""One page of every kind, for tests that need not see all."""

from playwright.sync_api import Page, Route

KINDS = {
    "home": "/",
    "services": "/layanan/",
    "service": "/layanan/kebakaran/",
    "sensitive": "/layanan/bantuan-keluarga/",
    "conduct": "/layanan/panggilan-palsu/",
    "promises": "/janji/",
    "rights": "/hak/",
    "agencies": "/instansi/",
    "hoax": "/panggilan-palsu/",
    "standard": "/standar/",
    "maklumat": "/maklumat/",
    "agreement": "/kesepakatan/",
    "versions": "/versi/",
    "laws": "/dasar-hukum/",
    "answers": "/jawaban/",
    "figures": "/angka/",
    "data": "/data/",
    "written": "/tentang/",
    "search": "/cari/",
    "not found": "/tidak-ada/",
    "unavailable": "/503.html",
    "offline": "/offline.html",
    "short address": "/k/kbk-siap/",
}


def in_english(address: str) -> str:
    """Give the same page in the other language."""
    return f"/en{address}"


def visit(page: Page, address: str) -> None:
    """Go to a page and stay there, even if it would lead on to another."""

    def let_through(route: Route) -> None:
        leads_on = route.request.is_navigation_request() and not route.request.url.endswith(address)
        route.abort("aborted") if leads_on else route.continue_()

    page.route("**/*", let_through)
    page.goto(address)
