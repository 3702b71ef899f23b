"""The pages as a person uses them, in a real browser, opened from the disk."""

import csv
import io
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

playwright = pytest.importorskip("playwright.sync_api")
from axe_playwright_python.sync_playwright import Axe  # noqa: E402
from playwright.sync_api import Browser, expect  # noqa: E402

from tests.explorer.browser import View, chromium, started  # noqa: E402
from tests.explorer.tables import ARABIC, EMOJI, FORMULA, SCRIPT  # noqa: E402

expect.set_options(timeout=15_000)  # a machine of CI may be busy
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(chromium() is None, reason="no Chromium on this machine: apt-get install chromium"),
]
ADDRESSES = {
    "first": "#/", "state": "#/state/XAA", "one cycle": "#/state/XAA?cycle=2", "ask": "#/ask/XAA-a?rec=r01",
    "search": "#/search", "found": "#/search?q=ratify&theme=torture", "nothing": "#/search?q=xylophone",
    "quality": "#/quality", "about": "#/about", "no such state": "#/state/XZZ",
}  # fmt: skip


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with started() as browser:
        yield browser


@pytest.fixture
def look(browser: Browser, page: Path) -> Iterator[Callable[..., View]]:
    """Return a function that opens a window; nothing may reach for the network or the console."""
    views: list[View] = []

    def at(index: Path = page, **context: object) -> View:
        views.append(View(browser, index, **context))
        return views[-1]

    yield at
    for view in views:
        view.context.close()
    assert [wrong for view in views for wrong in view.wrong] == []


def test_the_first_page_leads_to_a_state_and_from_there_to_an_ask(look):
    page = look().open()
    expect(page.locator("main")).to_contain_text("10 recommendations")
    page.get_by_role("link", name="Arvandia").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Arvandia")
    first = page.locator("table.asks tbody tr").first
    expect(first).to_contain_text("Ratify OP-CAT")
    expect(first.locator("td.cycle").nth(0)).to_have_text(re.compile("1.*noted"))
    first.get_by_role("link").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Ratify")
    expect(page.locator("article.recommendation")).to_have_count(5)
    expect(page.locator("#rec-r01")).to_contain_text("Arvandia supports these recommendations")
    expect(page.locator("#rec-r01")).to_contain_text("Denmark, Ghana")


def test_a_machines_tag_and_a_persons_judgement_look_and_read_differently(look):
    page = look().open("#/ask/XAA-a?rec=r02")
    judged = page.locator("#rec-r02 .tag.human")
    expect(judged).to_contain_text("Judged by a person")
    expect(page.locator("#rec-r02")).to_contain_text("A. Reviewer")
    page.locator("#rec-r01 summary").first.click()
    proposed = page.locator("#rec-r01 .tag.auto").first
    expect(proposed).to_contain_text("97%")
    grounds = [mark.evaluate("e => getComputedStyle(e).backgroundColor") for mark in (judged, proposed)]
    assert grounds[0] != grounds[1]


def test_words_and_filters_narrow_the_search_and_stand_in_the_address(look):
    page = look().open("#/search")
    expect(page.locator(".totals")).to_contain_text("11 recommendations")
    page.get_by_label(re.compile("Words in the text")).fill("ratif")
    expect(page.locator(".totals")).to_contain_text("4 recommendations")
    page.get_by_label(re.compile("supported", re.I)).first.check()
    expect(page.locator(".totals")).to_contain_text("1 recommendation")
    assert "q=ratif" in page.url
    assert "position=supported" in page.url
    other = look().open(page.url.partition("index.html")[2])
    expect(other.locator(".totals")).to_contain_text("1 recommendation")
    page.get_by_role("button", name=re.compile("Clear all")).click()
    expect(page.locator(".totals")).to_contain_text("4 recommendations")


def test_a_number_beside_a_value_is_what_choosing_it_brings(look):
    page = look().open("#/search?theme=torture,women-s-rights,womens-rights")
    facets, tried = page.locator("details.facet"), 0
    for facet in (facets.nth(at) for at in range(facets.count())):
        if facet.locator("input:checked").count():
            continue
        if facet.get_attribute("open") is None:
            facet.locator("summary").click()
        labels = facet.locator("li label")
        promised = [int(label.locator(".n").inner_text()) for label in labels.all()]
        for at, number in enumerate(promised):
            labels.nth(at).locator("input").check()
            expect(page.locator(".totals b")).to_have_text(str(number))
            labels.nth(at).locator("input").uncheck()
            tried += 1
    assert tried > 12


def test_units_are_counted_apart(look):
    page = look().open("#/search?state=XAA&mechanism=upr")
    expect(page.locator(".totals")).to_contain_text("9 recommendations")
    expect(page.locator(".totals")).to_contain_text("8 numbered paragraphs · 7 recommendation × State · 7 asks")
    page.get_by_label("Count").select_option("ask")
    expect(page.locator(".rows .row")).to_have_count(7)


def test_phrases_left_out_words_accents_and_paragraphs_are_understood(look):
    page = look().open("#/search")
    for words, n in (
        ('"violence against women"', 1),
        ("ratify -delay", 3),
        ("104.15", 2),
        ("A/HRC/27/903", 1),
        ("القسري", 1),
    ):
        page.get_by_label(re.compile("Words in the text")).fill(words)
        expect(page.locator(".totals b")).to_have_text(str(n))


def test_a_misspelt_word_finds_its_neighbours(look):
    page = look().open("#/search?q=sheltrs")
    page.get_by_role("button", name="shelters").click()
    expect(page.locator(".totals b")).to_have_text("1")


def test_texts_of_documents_stay_texts(look):
    page = look().open("#/search")
    for text in (SCRIPT, ARABIC, EMOJI, FORMULA):
        expect(page.locator(".what .words").filter(has_text=text[:20]).first).to_have_text(text)
    assert page.locator("main script, main img").count() == 0
    for address in ("#/state/XAA", "#/ask/XAA-b"):
        page = look().open(address)
        expect(page.locator(".words").filter(has_text="Repeal <script>").first).to_contain_text(SCRIPT)
        assert "broken" not in page.title() or "<script>" in page.title()
    arabic = look().open("#/ask/XAA-c").locator("h1 .words")
    assert arabic.evaluate("e => getComputedStyle(e).direction") == "rtl"


def test_the_rows_found_are_saved_as_a_csv_a_spreadsheet_opens_safely(look):
    page = look().open("#/search?state=XAA")
    with page.expect_download() as saved:
        page.get_by_role("button", name="Save as CSV").click()
    data = Path(saved.value.path()).read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    lines = {line["recommendation_id"]: line for line in csv.DictReader(io.StringIO(data.decode("utf-8-sig")))}
    assert len(lines) == 10, "the pledge is not asked for"
    assert lines["r04"]["text"] == SCRIPT
    assert lines["r05"]["text"] == ARABIC
    assert lines["r07"]["text"] == f"'{FORMULA}"
    assert lines["r01"]["recommending_states"] == "Denmark; Ghana"
    assert lines["r02"]["paragraph"] == "104.10"
    assert lines["r08"]["sdgs"] == "5; 5.2"
    assert lines["r01"]["times_asked"] == "4"


def test_a_citation_is_copied_whole(look):
    view = look()
    view.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = view.open("#/ask/XAA-a")
    page.locator("#rec-r01").get_by_role("button", name="Copy citation").click()
    expect(page.locator("#rec-r01").get_by_role("button", name="Copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == (
        "Arvandia, A/HRC/27/902, para. 104.9 (Denmark, Ghana): “Ratify OP-CAT”. "
        "Position: supported (“Arvandia supports these recommendations”)."
    )


def test_the_page_speaks_three_languages_and_remembers_which(look):
    view = look()
    page = view.open("#/state/XAA")
    for language, words in (("fr", "appuyée"), ("es", "apoyada"), ("en", "supported"), ("fr", "appuyée")):
        page.get_by_role("banner").get_by_role("combobox").select_option(language)
        expect(page.locator(".headline")).to_contain_text(words)
        assert page.evaluate("document.documentElement.lang") == language
    page.reload()
    expect(page.locator(".headline")).to_contain_text("appuyée")


def test_it_can_be_used_with_the_keyboard_alone(look):
    page = look().open()
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Skip to the content")
    page.keyboard.press("Enter")
    expect(page.locator(":focus")).to_have_attribute("id", "main")
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.locator(":focus").inner_text() == "Arvandia":
            break
    assert page.locator(":focus").evaluate("e => getComputedStyle(e).outlineStyle") == "solid", "focus can be seen"
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_be_focused()
    expect(page.get_by_role("heading", level=1)).to_have_text("Arvandia")
    assert page.title() == "Arvandia · UPR explorer"
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_contain_text("What States were asked")


def test_without_a_framework_the_page_says_so_and_how_to_give_one(look):
    expect(look().open("#/state/XAA").locator("#framework")).to_contain_text("no Cooperation Framework")


def test_a_framework_shows_what_carries_what_is_missing_and_who_is_left_behind(look, page_with_frameworks):
    page = look(page_with_frameworks).open("#/state/XAA")
    framework = page.locator("#framework")
    for words in ("Women live free of violence", "Clean rivers", "Detainees", "Arvandia <2024>"):
        expect(framework).to_contain_text(words)
    expect(page.locator("table.asks tbody tr").first).to_contain_text("No outcome carries it")
    page.goto(f"{page_with_frameworks.as_uri()}#/search?item=XAA-1/o1")
    expect(page.locator(".totals b")).to_have_text("1")
    page.goto(f"{page_with_frameworks.as_uri()}#/ask/XAA-f")
    expect(page.locator(".mapped")).to_contain_text("Women live free of violence")


@pytest.mark.parametrize("address", ADDRESSES.values(), ids=ADDRESSES)
def test_axe_finds_nothing_to_mend(look, page_with_frameworks, address):
    page = look(page_with_frameworks).open(address)
    page.wait_for_timeout(150)
    found = Axe().run(page, options={"resultTypes": ["violations"], "preload": False})
    assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize("address", ADDRESSES.values(), ids=ADDRESSES)
def test_a_phone_shows_it_without_scrolling_sideways(look, page_with_frameworks, address):
    page = look(page_with_frameworks, viewport={"width": 360, "height": 740}, is_mobile=True, has_touch=True).open(
        address
    )
    page.wait_for_timeout(150)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_it_mirrors_for_languages_written_from_right_to_left(look):
    page = look().open("#/state/XAA")
    page.evaluate("document.documentElement.dir = 'rtl'")
    assert page.evaluate("document.documentElement.scrollWidth") <= 1360
    heading, button = (page.locator(name).bounding_box() for name in ("h1", ".title-line .button"))
    assert button["x"] < heading["x"]


def test_on_paper_there_are_no_controls(look):
    page = look().open("#/search")
    page.emulate_media(media="print")
    expect(page.locator(".top")).to_be_hidden()
    expect(page.locator(".tools")).to_be_hidden()
    expect(page.locator(".row .what").first).to_be_visible()


def test_a_missing_file_is_named_with_the_remedy(look, page, tmp_path):
    import shutil

    shutil.copytree(page.parent, tmp_path / "copy")
    (tmp_path / "copy" / "explorer" / "data" / "states" / "XAA.js").unlink()
    view = look(tmp_path / "copy" / "index.html")
    expect(view.open("#/state/XAA").get_by_role("alert")).to_contain_text("Copy the whole folder")
    view.wrong.clear()
