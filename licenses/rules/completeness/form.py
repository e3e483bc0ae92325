"""What is still missing on the form beside parties and items: contact, license information, papers, Block 24, signature."""

from __future__ import annotations

import re
from collections.abc import Iterator

from licenses.rules.completeness.parties import filled, is_required
from licenses.rules.red_flags.context import RedFlagContext
from licenses.rules.red_flags.lists import barring_hits
from licenses.rules.tables.form_definitions import CompletenessMessage, FormRules
from licenses.rules.text.names_in_text import names_in_text
from licenses.rules.text.text_signals import vagueness
from licenses.rules.types import TransactionType
from licenses.rules.word_forms import tokens

ACN = re.compile(r"^[A-Z]\d{6}$")
_DETAINED = re.compile(r"detain|seiz", re.IGNORECASE)


def end_use_messages(scene: RedFlagContext, rules: FormRules) -> Iterator[CompletenessMessage]:
    """Destination and specific end use (Block 21)."""
    if not scene.movement:
        return
    if not scene.destination:
        yield from rules.say("destination")
    text = scene.application.end_use.strip()
    if not text:
        yield from rules.say("end_use")
        return
    reason = vagueness(text, scene.words)
    least = int(scene.flags.number("MIN_END_USE_CHARS"))
    if reason:
        yield from rules.say("V6_vague", reason=reason)
    elif len(text) < least:
        yield from rules.say("V6_short", least=least)


def answer_messages(scene: RedFlagContext, rules: FormRules) -> Iterator[CompletenessMessage]:
    """Answers that block a filing by themselves: pending application, shipped or detained goods, an exception that is barred."""
    for pending in dict.fromkeys(filter(None, scene.stated("pending_application_acn"))):
        yield from rules.say("V18", acn=pending)
    if scene.answered_yes("goods_already_shipped"):
        yield from rules.say("V19")
    if scene.answered_yes("goods_detained") and not _DETAINED.search(_block_24(scene)):
        yield from rules.say("V20")
    claimed = next(iter(scene.stated("exception_claimed")), None)
    for party, hit in barring_hits(scene) if claimed else ():
        yield from rules.say("V24", name=party.name or party.id, list=hit.list, code=claimed)


def form_messages(scene: RedFlagContext, rules: FormRules) -> Iterator[CompletenessMessage]:
    """Fields of the form itself. A bare line of `precheck` has no form, and is asked for none of them."""
    form = scene.application.form
    if not scene.whole_form:
        return
    for field in rules.fields:
        if field.section != "applicant" and is_required(scene, field.required_for) and not filled(form.get(field.field)):
            yield rules.ask(field)
    yield from _license_information(scene, rules)
    yield from _agent(scene, rules)
    yield from _boxes(scene, rules)
    yield from _other_party(scene, rules)
    yield from _names_in_block_24(scene, rules)


def _license_information(scene: RedFlagContext, rules: FormRules) -> Iterator[CompletenessMessage]:
    form = scene.application.form
    old = str(form.get("resubmission_acn") or "").strip().upper()
    if old and not ACN.match(old):
        yield from rules.say("V16_format")
    elif old and old == str(form.get("acn") or "").strip().upper():
        yield from rules.say("V16_own")
    elif old and old not in _block_24(scene).upper():
        yield from rules.say("V16_block24", acn=old)
    purpose = str(form.get("special_purpose") or "").lower()
    if scene.application.transaction is TransactionType.IN_COUNTRY_TRANSFER and "in-country transfer" not in purpose:
        yield from rules.say("in_country_phrase")
    if filled(form.get("import_certificate_country")) != filled(form.get("import_certificate_number")):
        yield from rules.say("certificate_pair")


def _agent(scene: RedFlagContext, rules: FormRules) -> Iterator[CompletenessMessage]:
    """An agent files for the foreign principal party or for an applicant (748.4(b)(2))."""
    form = scene.application.form
    if form.get("filer_capacity") not in ("AGENT_OF_FPPI", "THIRD_PARTY_FOR_APPLICANT"):
        return
    if form.get("power_of_attorney") is not True:
        yield from rules.say("V17_poa")
    if "OTHER" not in _codes(form.get("docs_on_file")):
        yield from rules.say("V17_block7")
    if "748.4(b)(2)" not in _block_24(scene):
        yield from rules.say("V17_block24")


def _boxes(scene: RedFlagContext, rules: FormRules) -> Iterator[CompletenessMessage]:
    """Every tick in Block 6 has an attachment and the reverse; where nobody ticks by hand, the ticks follow the papers."""
    if "docs_submitted" not in scene.application.form:
        return
    ticked = _codes(scene.application.form.get("docs_submitted"))
    attached = {rules.box(kind) for kind in scene.attached()}
    for box in sorted(ticked - attached):
        yield from rules.say("V11_missing", box=_box_words(box))
    for box in sorted(attached - ticked):
        yield from rules.say("V11_unticked", box=_box_words(box))


def _other_party(scene: RedFlagContext, rules: FormRules) -> Iterator[CompletenessMessage]:
    for party in scene.in_roles("other_party"):
        if not (party.name and party.country and party.addresses):
            yield from rules.say("other_party")


def _names_in_block_24(scene: RedFlagContext, rules: FormRules) -> Iterator[CompletenessMessage]:
    """Names in the additional information are parties, or dismissed with a reason (form.dismissed_names: name -> reason)."""
    dismissed = scene.application.form.get("dismissed_names") or {}
    known = [set(tokens(party.name)) for party in scene.parties if party.name and not party.found_in]
    known += [set(tokens(name)) for name, reason in dismissed.items() if str(reason).strip()]
    for name in names_in_text(_block_24(scene), scene.words):
        words = set(tokens(name))
        if not any(words <= other or other <= words for other in known if other):
            yield from rules.say("V23", name=name)


def _block_24(scene: RedFlagContext) -> str:
    return str(scene.application.form.get("additional_information") or "")


def _codes(value: object) -> set[str]:
    return {str(code).upper() for code in value} if isinstance(value, list | tuple | set | frozenset) else set()


def _box_words(box: str) -> str:
    return box if box.startswith("BIS") else box.replace("_", " ").capitalize()
