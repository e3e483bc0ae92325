"""How an exporter walks the product in Chromium, by mouse or by keyboard alone."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Locator, Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.browser.test_pages import accessible

MAX_TABS = 150
"""More presses of Tab than any page needs."""


@dataclass
class Exporter:
    """One person at one browser. `keyboard`: nothing but keys is used after the first address was opened. `seen`: pages whose
    accessibility was looked at; with `look` False none is."""

    page: Page
    server: LiveServer
    keyboard: bool = False
    look: bool = True
    prefix: str = ""
    seen: list[str] = field(default_factory=list)

    def at(self, name: str) -> None:
        """A page worth a look: accessible, without a sideways scroll on a phone, pictured where asked."""
        self.seen.append(name)
        if self.look:
            accessible(self.page, f"{self.prefix}{name}")

    def go(self, what: Locator) -> None:
        """Follow a link or press a button."""
        if not self.keyboard:
            what.click()
            return
        self.focus(what)
        self.page.keyboard.press("Enter")

    def fill(self, label: str, value: str) -> None:
        """Write into the field of that label."""
        self.write(self.page.get_by_label(label, exact=False).first, value)

    def write(self, box: Locator, value: str) -> None:
        """Write into a field."""
        if not self.keyboard:
            box.fill(value)
            return
        self.focus(box)
        self.page.keyboard.press("Control+A")
        self.page.keyboard.insert_text(value)

    def choose(self, label: str, option: str) -> None:
        """Choose from a list; by keyboard, by typing the beginning of the option."""
        box = self.page.get_by_label(label, exact=False).first
        if not self.keyboard:
            box.select_option(label=option)
            return
        self.focus(box)
        self.page.keyboard.type(option)
        expect(box.locator("option:checked")).to_have_text(option)

    def tick(self, label: str) -> None:
        """Tick a box or choose a radio button."""
        box = self.page.get_by_label(label, exact=False).first
        if not self.keyboard:
            box.check()
            return
        self.focus(box)
        self.page.keyboard.press("Space")
        expect(box).to_be_checked()

    def focus(self, what: Locator) -> None:
        """Press Tab until the element has the focus; it can be reached or the test fails. On a fresh page the first Tab finds the
        link that skips the menu, and what is in the content is reached by it."""
        expect(what).to_be_visible()
        if self.page.evaluate("document.activeElement === document.body"):
            self.page.keyboard.press("Tab")
            if what.evaluate("element => Boolean(element.closest('main'))"):
                expect(self.page.locator(".ec-skip")).to_be_focused()
                self.page.keyboard.press("Enter")
        for _ in range(MAX_TABS):
            if what.evaluate("element => element === document.activeElement"):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"{what} cannot be reached by Tab on {self.page.url}")

    def sign_up(self, name: str, organization: str, email: str, password: str) -> None:
        """Make an account and an organization, from the first page a stranger sees."""
        self.page.goto(self.server.url)
        self.go(self.page.get_by_role("main").get_by_role("link", name="Create an account"))
        self.at("sign-up")
        for label, value in (("Your name", name), ("Your organization", organization), ("E-mail", email)):
            self.fill(label, value)
        for number, box in enumerate(self.page.locator("input[type=password]").all()):
            self.write(box, password)
            assert number < 2
        self.go(self.page.get_by_role("main").get_by_role("button", name="Create"))
        expect(self.page.get_by_role("heading", name="Applications", level=1)).to_be_visible()

    def start(self, destination: str, title: str) -> str:
        """A new draft with its page About filled; returns the reference."""
        self.go(self.page.get_by_role("link", name="Start your own"))
        self.choose("Country of ultimate destination", destination)
        self.fill("Your name for it", title)
        self.fill("Contact person", "Jane Example")
        self.fill("E-mail", "jane@example.com")
        self.fill("Telephone", "+1 518 555 0100")
        self.choose("You file as", "The applicant itself")
        self.at("draft-new")
        self.go(self.page.get_by_role("button", name="Create the draft"))
        expect(self.page.get_by_role("heading", name="Parties", level=2)).to_be_visible()
        found = re.search(r"EX-\d{4}-\d{5}", self.page.url)
        assert found is not None
        return found.group()

    def party(self, role: str, name: str, country: str, address: str, *, ein: str = "", picture: str = "") -> None:
        """Add a party on the page Parties; its address in parts is proposed and confirmed."""
        self.go(self.page.get_by_role("link", name="Add a party"))
        self.choose("Role", role)
        self.fill("Name", name)
        self.choose("Country", country)
        self.fill("Addresses", address)
        summary = self.page.locator("summary", has_text="The address in parts")
        self.go(summary)
        self.go(self.page.get_by_role("button", name="Propose the parts"))
        expect(self.page.locator("#address-parts")).to_contain_text("Proposed from")
        if ein:
            self.fill("Employer identification number", ein)
        self.tick("The address reads as written here")
        expect(self.page.locator("#party-preview")).not_to_be_empty()
        if picture:
            self.at(picture)
        self.go(self.page.get_by_role("button", name="Save the party"))
        expect(self.page.locator(".ec-card", has_text=name).first).to_be_visible()

    def item(self, values: dict[str, str], *, picture: str = "") -> None:
        """Add an item on the page Items."""
        self.go(self.page.get_by_role("link", name="Add an item"))
        for label, value in values.items():
            self.fill(label, value)
        expect(self.page.locator("#item-preview")).not_to_be_empty()
        if picture:
            self.at(picture)
        self.go(self.page.get_by_role("button", name="Save the item"))
        expect(self.page.get_by_role("link", name="Add an item")).to_be_visible()

    def onward(self, heading: str) -> None:
        """Save the page and go to the next."""
        self.go(self.page.get_by_role("button", name="Save and continue"))
        expect(self.page.get_by_role("heading", name=heading, level=2)).to_be_visible()

    def sign(self) -> None:
        """Sign on the page Review."""
        self.fill("Name of the person who signs", "Jane Example")
        self.fill("Title", "Export manager")
        self.tick("I have read and confirm")
        self.go(self.page.get_by_role("button", name="Save the signature"))
        expect(self.page.get_by_role("heading", name="Review", level=2)).to_be_visible()

    def open(self, path: str, **_: Any) -> None:
        """Open an address of the product."""
        self.page.goto(f"{self.server.url}{path}")
