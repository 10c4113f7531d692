"""A person at a plain form: what stands in its fields is what is sent, without any script."""

import re

from werkzeug.datastructures import MultiDict

from tests.documents import Element, read

CODE = re.compile(r"(?:[0-9A-Z]{4}-){3}[0-9A-Z]{4}")


def form_of(response, action: str) -> Element:
    """Give the form of a page that leads to an address."""
    forms = [one for one in read(response.text).all("form") if one.attributes.get("action") == action]
    assert len(forms) == 1, f"{len(forms)} forms lead to {action}"
    return forms[0]


def all_fields_of(response, action: str) -> list[tuple[str, str]]:
    """Give what the form of a page would send if nobody touched it, in its order."""
    form = form_of(response, action)
    sent: list[tuple[str, str]] = []
    for one in form.all("input"):
        kind, name = one.attributes.get("type", "text"), one.attributes.get("name")
        if name and (kind not in ("radio", "checkbox") or "checked" in one.attributes):
            sent.append((name, one.attributes.get("value", "")))
    for area in form.all("textarea"):
        sent.append((area.attributes["name"], "".join(map(str, area.children)).removeprefix("\n")))
    for select in form.all("select"):
        chosen = [one for one in select.all("option") if "selected" in one.attributes]
        sent.append((select.attributes["name"], chosen[0].attributes["value"] if chosen else ""))
    return sent


def fields_of(response, action: str) -> dict[str, str]:
    """Give the same by name, of several the last."""
    return dict(all_fields_of(response, action))


def go_on(client, response, address: str, **answers: str | list[str]):
    """Answer the question of a page, and give the next page."""
    action = f"{address}/lanjut"
    sent = MultiDict((name, value) for name, value in all_fields_of(response, action) if name not in answers)
    sent.update(answers)
    return client.post(action, data=sent)


def code_in(response) -> str:
    """Give the tracking code that a receipt shows."""
    found = CODE.search(read(response.text).text.replace(" - ", "-"))
    assert found, "no code on this page"
    return found[0]
