"""The phone in the street: a resident reports, a grid worker handles, with the network cut, answers lost and somebody else faster."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from PIL import Image
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import ROOT, Look, Visitor
from tests.support.platform import Platform, environment

Arrive = Callable[..., Visitor]
GRID, STREET_OFFICE = "12010300800106", "street_office_tianta"
DESK = ("case_acceptor", "case_dispatcher", "case_checker")
KIND, TOPIC, LITTER = "urban", "暴露垃圾", "event.look.litter"
HERE = {"longitude": 117.2185, "latitude": 39.0834}
CUT = ("Failed to load resource",)
LATER = 30_000
LOOKS: tuple[Look, ...] = ((390, "light"), (390, "dark"))


@pytest.fixture(scope="session")
def desk(platform: Platform) -> dict[str, str]:
    """An acceptor, a dispatcher, a checker and a second grid worker of the same grid, by role."""
    how = {**environment(platform.folder, demo=True), "HEXI_PASSWORD": platform.passphrase}
    for role in DESK:
        account(how, role, role, "120103")
    account(how, "second_grid", "grid_worker", GRID, STREET_OFFICE)
    return {role: role for role in DESK}


def account(how: dict[str, str], username: str, role: str, place: str, office: str = "") -> None:
    words = [sys.executable, "-m", "hexi.tools.command", "account", username, "--name", f"示例·{username}", "--role", role, "--place", place]
    subprocess.run([*words, "--organisation", office], cwd=ROOT, env=how, check=True, capture_output=True)


@pytest.fixture(scope="session")
def photo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A photograph that says where and when it was taken."""
    path = tmp_path_factory.mktemp("photos") / "litter.jpg"
    picture = Image.linear_gradient("L").resize((1200, 900)).convert("RGB")
    exif = picture.getexif()
    exif.get_ifd(0x8769)[0x9003] = "2026:11:01 09:12:00"
    exif.get_ifd(0x8825).update({1: "N", 2: (39.0, 5.0, 0.5), 3: "E", 4: (117.0, 13.0, 6.0)})
    picture.save(path, exif=exif)
    return path


@pytest.fixture
def reported(visitor: Arrive, desk: dict[str, str]) -> Callable[..., dict[str, Any]]:
    """`reported("title")`: a resident's case in the grid; `sent=True` has it filed and sent to the street office."""

    def make(title: str, *, sent: bool = True) -> dict[str, Any]:
        somebody = visitor(390)
        somebody.api("/api/session")
        body = {
            "kind": KIND, "title": title, "category": LITTER, "place": GRID, "address": "三号楼东侧", "description": "测试：堆了三天",
            "point": {"lon": 117.23, "lat": 39.09, "datum": "wgs84"}, "reporter": {"name": "示例·反映人", "phone": "13800000009"},
        }  # fmt: skip
        told = somebody.send("POST", "/api/cases", body).json()
        staff = {role: visitor(signed_in=name) for role, name in desk.items()}
        (row,) = staff["case_acceptor"].api(f"/api/cases?where=number:eq:{told['number']}")["rows"]
        if sent:
            act(staff["case_checker"], row["id"], "see_there", {"note": "属实"})
            act(staff["case_acceptor"], row["id"], "file")
            act(staff["case_dispatcher"], row["id"], "send_out", {"lead": STREET_OFFICE, "instruction": "先清走"})
        return {**told, "id": row["id"], "acceptor": staff["case_acceptor"]}

    return make


def act(who: Visitor, number: int, key: str, values: dict[str, Any] | None = None) -> None:
    version = who.api(f"/api/records/cases.case/{number}")["version"]
    got = who.send("POST", f"/api/records/cases.case/{number}/actions/{key}", {"values": values or {}, "version": version})
    assert got.ok, got.text()


def at_home(somebody: Visitor, path: str) -> Page:
    """The page, and everything that it needs without a network."""
    page = somebody.open(path, ready=False)
    somebody.settle()
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.reload()
    somebody.settle()
    return page


def losing_the_first_answer(keys: list[str]) -> Callable[[Route], None]:
    """The server gets everything; its answer to the first never arrives."""

    def carry(route: Route) -> None:
        if route.request.method != "POST":
            return route.continue_()
        keys.append(route.request.headers["idempotency-key"])
        answer = route.fetch()
        return route.abort("connectionreset") if len(keys) == 1 else route.fulfill(response=answer)

    return carry


def fresh(words: str) -> str:
    """The words with a mark of their own: tests share a platform, and one may run again."""
    return f"{words}{uuid4().hex[:6]}"


def cases_named(who: Visitor, words: str) -> list[Any]:
    return who.api(f"/api/records/cases.case?where=kind:eq:{KIND}&q={words}")["rows"]


def fill_in(page: Page, photo: Path, words: str) -> None:
    """Everything up to the question who it is."""
    page.locator("input[type=file]").last.set_input_files(photo)
    expect(page.get_by_alt_text("第 1 张照片")).to_be_visible()
    page.get_by_role("button", name="下一步").click()
    page.get_by_role("button", name="用照片里的位置").click()
    expect(page.get_by_text("来自照片")).to_be_visible()
    page.get_by_role("button", name="下一步").click()
    page.get_by_role("searchbox").fill(TOPIC)
    page.get_by_role("button", name=TOPIC).first.click()
    page.get_by_label("情况", exact=True).fill(words)
    page.get_by_role("button", name="下一步").click()


def test_a_report_written_without_network_survives_a_reload_and_becomes_one_case_although_the_answer_was_lost(visitor: Arrive, photo: Path) -> None:
    somebody = visitor(390, forgive=CUT)
    page = at_home(somebody, "/m/report")
    keys: list[str] = []
    somebody.context.route("**/api/cases", losing_the_first_answer(keys))
    somebody.context.set_offline(True)
    words = fresh("测试：垃圾堆在路边")
    fill_in(page, photo, words)
    expect(page.get_by_role("button", name="继续")).to_be_visible()  # a step that shows is kept
    page.reload()
    page.get_by_role("button", name="继续").click()
    page.get_by_label("电话").fill("13800000001")
    page.get_by_role("button", name="提交").click()
    queue = page.get_by_role("listitem").filter(has_text=words)
    expect(queue).to_contain_text("待发送")
    page.reload()
    expect(queue).to_contain_text("待发送")
    assert keys == []

    somebody.context.set_offline(False)
    link = page.get_by_role("link").filter(has_text="编号")
    expect(link).to_be_visible(timeout=LATER)
    assert len(keys) == 2 and len(set(keys)) == 1, "both attempts carry the one key that the phone chose"
    link.click()
    expect(page.get_by_role("heading", name=re.compile(words))).to_be_visible()
    expect(page.get_by_alt_text("上报时 第 1 张")).to_be_visible()
    assert len(cases_named(somebody, words)) == 1


def test_what_is_no_photo_is_told_and_a_refused_place_leaves_other_ways(visitor: Arrive, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.jpg"
    wrong.write_text("no photo")
    page = visitor(390, permissions=[]).open("/m/report", ready=False)
    page.locator("input[type=file]").last.set_input_files(wrong)
    expect(page.get_by_role("alert")).to_contain_text("wrong.jpg")
    page.get_by_role("button", name="没有照片，直接说").click()
    page.get_by_role("button", name="我就在这里").click()
    expect(page.get_by_role("alert")).to_contain_text("在地图上选", timeout=LATER)
    page.get_by_role("button", name="在地图上选").click()
    page.get_by_role("button", name=re.compile("往北")).click()
    page.get_by_role("button", name="就是这里").click()
    expect(page.get_by_text("在地图上选的")).to_be_visible()


def test_somebody_who_finds_it_reported_already_says_me_too_instead_of_reporting_again(visitor: Arrive, photo: Path) -> None:
    first = visitor(390)
    page = first.open("/m/report", ready=False)
    fill_in(page, photo, "测试：同一堆垃圾")
    expect(page.locator(".likes, .summary").first).to_be_visible()
    if page.get_by_role("button", name="都不是").count():
        page.get_by_role("button", name="都不是").click()
    page.get_by_role("button", name="提交").click()
    expect(page.get_by_role("link").filter(has_text="编号")).to_be_visible(timeout=LATER)
    second = visitor(390)
    page = second.open("/m/report", ready=False)
    fill_in(page, photo, "测试：又看到了")
    page.get_by_role("button", name=re.compile("我也遇到了：.*测试：同一堆垃圾")).click()
    mine = page.get_by_role("link").filter(has_text="我也遇到了")
    expect(mine).to_be_visible(timeout=LATER)
    assert second.api("/api/records/cases.case?q=测试：又看到了")["rows"] == []


def test_a_grid_worker_accepts_and_finishes_without_network_and_nothing_is_done_twice(visitor: Arrive, reported: Any, photo: Path) -> None:
    case = reported("测试：无网办理")
    somebody = visitor(390, signed_in="grid", forgive=CUT, geolocation=HERE, permissions=["geolocation"])
    page = at_home(somebody, "/m/work")
    page.get_by_role("link").filter(has_text="测试：无网办理").click()
    keys: list[str] = []
    somebody.context.route("**/actions/*", losing_the_first_answer(keys))
    somebody.context.set_offline(True)
    page.get_by_role("button", name="签收").click()
    page.get_by_role("button", name="反馈结果").click()
    page.get_by_label("办理结果").fill("测试：已清走")
    page.get_by_label("反馈结果").locator("input[type=file]").last.set_input_files(photo)
    expect(page.get_by_text(re.compile("拍摄处距案件约"))).to_be_visible()
    page.get_by_role("button", name="提交").click()
    waiting = page.get_by_role("listitem").filter(has_text="待发送")
    expect(waiting).to_have_count(2)
    page.reload()
    expect(waiting).to_have_count(2)

    somebody.context.set_offline(False)
    expect(waiting).to_have_count(0, timeout=LATER)
    assert len(keys) == 3 and len(set(keys)) == 2, "the first was sent twice under one key, the second once"
    (task,) = case["acceptor"].api(f"/api/records/cases.casetask?where=case:eq:{case['id']}")["rows"]
    assert (task["state"], task["result"], len(task["photos"])) == ("done", "测试：已清走", 1)


def test_when_somebody_was_faster_both_are_shown_and_a_person_decides(visitor: Arrive, reported: Any) -> None:
    case = reported("测试：两部手机")
    slow = visitor(390, signed_in="grid", forgive=CUT)
    page = at_home(slow, "/m/work")
    page.get_by_role("link").filter(has_text="测试：两部手机").click()
    slow.context.set_offline(True)
    page.get_by_role("button", name="签收").click()
    expect(page.get_by_role("listitem").filter(has_text="签收")).to_contain_text("待发送")
    fast = visitor(signed_in="second_grid")
    (task,) = fast.api(f"/api/records/cases.casetask?where=case:eq:{case['id']}")["rows"]
    assert fast.send("POST", f"/api/records/cases.casetask/{task['id']}/actions/accept_task", {"version": task["version"]}).ok
    slow.context.set_offline(False)
    conflict = page.get_by_role("alert").filter(has_text="别人已经改了")
    expect(conflict).to_contain_text("second_grid", timeout=LATER)
    expect(conflict).to_contain_text("您要办的")
    conflict.get_by_role("button", name="仍然提交").click()
    expect(page.get_by_role("listitem").filter(has_text="签收")).to_contain_text("失败", timeout=LATER)
    page.get_by_role("button", name="从手机上删掉").click()
    expect(page.get_by_role("listitem").filter(has_text="签收")).to_have_count(0)


def test_signing_out_leaves_nothing_of_others_on_the_phone_and_keeps_what_waits_locked(visitor: Arrive, reported: Any) -> None:
    reported("测试：退出登录")
    somebody = visitor(390, signed_in="grid", forgive=CUT)
    page = at_home(somebody, "/m/work")
    page.get_by_role("link").filter(has_text="测试：退出登录").click()
    somebody.context.set_offline(True)
    page.get_by_role("button", name="签收").click()
    page.get_by_role("button", name="返回").click()
    page.get_by_role("button", name="退出登录").click()
    expect(page.get_by_role("status").filter(has_text="还有 1 件工作待发送")).to_be_visible()
    kept = page.evaluate("""() => new Promise(done => { const open = indexedDB.open('hexi-m'); open.onsuccess = () => {
        const all = open.result.transaction('kept').objectStore('kept').getAll(); all.onsuccess = () => done(JSON.stringify(all.result)) } })""")
    assert "测试：退出登录" not in kept and "/api/cases/work" not in kept
    somebody.context.set_offline(False)
    page.reload()
    somebody.settle()
    assert somebody.api("/api/session")["account"] is None, "the server is told as soon as it is reached"


def test_a_note_is_sent_past_a_step_that_met_a_conflict(visitor: Arrive, reported: Any) -> None:
    case = reported("测试：补一句话")
    slow = visitor(390, signed_in="grid", forgive=CUT)
    page = at_home(slow, "/m/work")
    page.get_by_role("link").filter(has_text="测试：补一句话").click()
    slow.context.set_offline(True)
    page.get_by_role("button", name="签收").click()
    page.get_by_role("button", name="添加跟进").click()
    page.get_by_label("内容").fill("测试：门卫说今晚清运")
    page.get_by_role("button", name="提交").click()
    expect(page.get_by_role("listitem").filter(has_text="待发送")).to_have_count(2)
    fast = visitor(signed_in="second_grid")
    (task,) = fast.api(f"/api/records/cases.casetask?where=case:eq:{case['id']}")["rows"]
    assert fast.send("POST", f"/api/records/cases.casetask/{task['id']}/actions/accept_task", {"version": task["version"]}).ok
    slow.context.set_offline(False)
    expect(page.get_by_role("alert").filter(has_text="别人已经改了")).to_be_visible(timeout=LATER)
    expect(page.get_by_role("listitem").filter(has_text="添加跟进")).to_have_count(0, timeout=LATER)
    notes = case["acceptor"].api(f"/api/records/cases.note?where=case:eq:{case['id']}")["rows"]
    assert [note["text"] for note in notes] == ["测试：门卫说今晚清运"]


@pytest.fixture
def call(platform: Platform) -> int:
    """A household in the worker's grid whose visit is due today."""
    how = {**environment(platform.folder, demo=True), "DJANGO_SETTINGS_MODULE": "hexi.site.settings"}
    told = subprocess.run([sys.executable, "-m", "tests.support.visits", GRID], cwd=ROOT, env=how, check=True, capture_output=True, text=True)
    return int(told.stdout)


def test_a_visit_that_is_due_is_written_at_a_closed_door_without_network_and_sent_once(visitor: Arrive, call: int, photo: Path) -> None:
    somebody = visitor(390, signed_in="grid", forgive=CUT, geolocation=HERE, permissions=["geolocation"])
    page = at_home(somebody, "/m/work")
    visits = page.get_by_role("region", name="走访")
    mine = visits.locator(f"a[href='/m/work/visits/{call}']")
    expect(mine).to_contain_text("今天到期")
    page.get_by_role("button", name="按路线").click()
    expect(mine.locator(".pin-mark")).to_be_visible()
    mine.click()
    sent: list[dict[str, Any]] = []
    somebody.context.on("request", lambda one: sent.append(one.post_data_json) if one.url.endswith("/actions/visit") else None)
    keys: list[str] = []
    somebody.context.route("**/actions/visit", losing_the_first_answer(keys))
    somebody.context.set_offline(True)
    page.get_by_role("button", name="登记走访").click()
    page.get_by_role("button", name="提交").click()
    expect(page.get_by_role("alert")).to_contain_text("是否见到本人")
    assert somebody.violations() == []
    page.get_by_label("无人应答").check()
    page.get_by_label("走访情况").fill("测试：门上留了便条")
    page.get_by_label("登记走访").locator("input[type=file]").last.set_input_files(photo)
    expect(page.get_by_alt_text("第 1 张照片")).to_be_visible()
    page.get_by_role("button", name="提交").click()
    waiting = page.get_by_role("listitem").filter(has_text="待发送")
    expect(waiting).to_have_count(1)
    expect(page.get_by_text("不用再写一次")).to_be_visible()
    page.reload()
    expect(waiting).to_have_count(1)

    somebody.context.set_offline(False)
    expect(page.get_by_text("已经记好了")).to_be_visible(timeout=LATER)
    assert len(set(keys)) == 1, "every attempt carries the one key that the phone chose"
    assert all("version" not in one for one in sent)
    (visit,) = somebody.api(f"/api/records/grid.visit?where=call:eq:{call}")["rows"]
    assert (visit["met"], visit["findings"], len(visit["photos"])) == ("absent", "测试：门上留了便条", 1)
    page.get_by_role("button", name="返回").click()
    expect(page.get_by_role("region", name="走访")).to_be_visible()
    expect(mine).to_have_count(0)


@pytest.fixture
def served(visitor: Arrive) -> tuple[Visitor, dict[str, Any]]:
    """The community's desk, and a need for which a unit says that it did something."""
    community, liaison = visitor(signed_in="community"), visitor(signed_in="liaison")
    (unit,) = liaison.api("/api/records/grid.partyunit?limit=1")["rows"]
    values = {"title": "测试：陪伴就医", "kind": "care", "place": unit["place"]}
    made = community.send("POST", "/api/records/grid.need/actions/post_need", {"values": values})
    assert made.ok, made.text()
    need = made.json()["record"]["id"]
    version = liaison.api(f"/api/records/grid.need/{need}")["version"]
    pledged = liaison.send("POST", f"/api/records/grid.need/{need}/actions/pledge_need", {"values": {"unit": unit["id"]}, "version": version})
    assert pledged.ok, pledged.text()
    (pledge,) = liaison.api(f"/api/records/grid.pledge?where=need:eq:{need}")["rows"]
    done = {"values": {"outcome": "测试：陪同去医院一次", "hours": 3}, "version": pledge["version"]}
    assert liaison.send("POST", f"/api/records/grid.pledge/{pledge['id']}/actions/record_deed", done).ok
    return community, {"need": need, "unit": unit}


def shown_link(community: Visitor, need: int) -> str:
    """The link as the community's desk shows it."""
    page = community.open(f"/work/records/grid.need/{need}", ready=False)
    page.get_by_role("button", name="出示确认链接").click(timeout=LATER)
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("用途").fill("测试：当面交给受益人")
    dialog.get_by_role("button").last.click()
    expect(page.get_by_alt_text("链接的二维码")).to_be_visible()
    return page.get_by_role("textbox", name="链接").input_value()


def test_a_beneficiary_opens_the_link_from_the_desk_and_says_what_was_done(visitor: Arrive, served: tuple[Visitor, dict[str, Any]]) -> None:
    community, made = served
    link = shown_link(community, made["need"])
    somebody = visitor(390, forgive=CUT)
    page = somebody.page
    page.goto(f"{link.replace('#', '?elder=30#')}")
    expect(page.get_by_role("heading", name="测试：陪伴就医")).to_be_visible()
    expect(page.get_by_text("测试：陪同去医院一次")).to_be_visible()
    assert somebody.violations() == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "nothing stands out at the side"
    page.get_by_role("button", name="提交").click()
    expect(page.get_by_role("alert")).to_contain_text("办得怎么样")
    page.get_by_label("办了一部分").check()
    page.get_by_label("补充说明").fill("测试：只去了一次")
    page.get_by_role("button", name="提交").click()
    expect(page.get_by_role("status").filter(has_text="您已在")).to_contain_text("办了一部分", timeout=LATER)
    (deed,) = community.api(f"/api/records/grid.servicedeed?q=&where=place:eq:{made['unit']['place']}&sort=-id&limit=1")["rows"]
    assert (deed["title"], deed["state"]) == ("测试：陪伴就医", "disputed")
    kept = page.evaluate("""() => new Promise(done => { const open = indexedDB.open('hexi-m'); open.onsuccess = () => {
        const all = open.result.transaction('outbox').objectStore('outbox').getAll(); all.onsuccess = () => done(JSON.stringify(all.result)) } })""")
    assert link.split("#")[1] not in kept, "the secret is not kept on the phone once the answer is sent"
    page.reload()
    expect(page.get_by_role("status").filter(has_text="您已在")).to_be_visible()
    expect(page.get_by_role("button", name="提交")).to_have_count(0)


def test_an_unknown_link_is_told_in_plain_words_and_the_code_can_be_typed(visitor: Arrive, served: tuple[Visitor, dict[str, Any]]) -> None:
    community, made = served
    link = shown_link(community, made["need"])
    somebody = visitor(390, forgive=CUT)
    page = somebody.open("/m/slip/deeds#AAAAAAAAAAAA", ready=False)
    expect(page.get_by_role("alert")).to_contain_text("给社区打电话")
    page.get_by_label("确认码").fill(link.split("#")[1].lower())
    page.get_by_role("button", name="打开").click()
    expect(page.get_by_role("heading", name="测试：陪伴就医")).to_be_visible()
    expect(page.get_by_role("radio")).to_have_count(3)


def written_offline(somebody: Visitor, photo: Path, words: str) -> Page:
    """A report that waits on the phone, written without a network."""
    page = at_home(somebody, "/m/report")
    somebody.context.set_offline(True)
    fill_in(page, photo, words)
    page.get_by_role("button", name="继续").click()
    page.get_by_role("button", name="提交").click()
    expect(page.get_by_role("listitem").filter(has_text=words)).to_contain_text("待发送")
    return page


def waker(page: Page, origin: str) -> Callable[[], None]:
    """What a browser does once there is a network: each call wakes the worker. `page` need not be one of the phone's."""
    devtools = page.context.new_cdp_session(page)
    found: list[str] = []
    devtools.on(
        "ServiceWorker.workerRegistrationUpdated",
        lambda said: found.extend(one["registrationId"] for one in said["registrations"] if one["scopeURL"] == f"{origin}/m/"),
    )
    devtools.send("ServiceWorker.enable")
    while not found:
        page.wait_for_timeout(50)
    event = {"origin": origin, "registrationId": found[0], "tag": "hexi-m-outbox", "lastChance": False}
    return lambda: devtools.send("ServiceWorker.dispatchSyncEvent", event)


def test_with_no_page_open_the_worker_sends_what_waits_once_there_is_a_network(visitor: Arrive, photo: Path, desk: dict[str, str]) -> None:
    words = fresh("测试：网页关掉以后")
    somebody, staff = visitor(390, forgive=CUT), visitor(signed_in=desk["case_acceptor"])
    written_offline(somebody, photo, words).close()
    elsewhere = somebody.context.new_page()
    somebody.page = elsewhere
    assert cases_named(staff, words) == []
    somebody.context.set_offline(False)
    elsewhere.goto(f"{somebody.platform.url}/mark.svg")
    wake = waker(elsewhere, somebody.platform.url)
    for _ in range(60):  # it respects the pause after the last failed attempt
        wake()
        elsewhere.wait_for_timeout(500)
        if cases_named(staff, words):
            break
    assert len(cases_named(staff, words)) == 1
    page = somebody.open("/m/cases", ready=False)
    expect(page.get_by_role("link").filter(has_text="编号")).to_have_count(1)
    expect(page.get_by_text("待发送")).to_have_count(0)
    assert len(cases_named(staff, words)) == 1, "the page found nothing left to send"


def test_opened_again_with_a_network_the_outbox_empties_by_itself(visitor: Arrive, photo: Path, desk: dict[str, str]) -> None:
    words = fresh("测试：再打开时有网")
    somebody, staff = visitor(390, forgive=CUT), visitor(signed_in=desk["case_acceptor"])
    page = written_offline(somebody, photo, words)
    page.goto("about:blank")
    somebody.context.set_offline(False)
    page.goto(f"{somebody.platform.url}/m/cases")
    expect(page.get_by_role("link").filter(has_text="编号")).to_be_visible(timeout=LATER)
    expect(page.get_by_text("待发送")).to_have_count(0)
    assert len(cases_named(staff, words)) == 1


@pytest.mark.parametrize("elder", ["", "&elder=30"])
def test_the_phone_of_cases_has_no_accessibility_fault_in_any_size_of_type(visitor: Arrive, reported: Any, photo: Path, elder: str) -> None:
    case = reported(f"测试：无障碍{elder[-2:]}")
    look = f"?theme=auto{elder}"
    resident = visitor(390)
    page = resident.open(f"/m/report{look}", ready=False)
    page.locator("input[type=file]").last.set_input_files(photo)
    found = {"photo": resident.violations_in(*LOOKS)}
    page.get_by_role("button", name="下一步").click()
    page.get_by_role("button", name="在地图上选").click()
    found["place"] = resident.violations_in(*LOOKS)
    page.goto(f"{resident.platform.url}/m/cases/{case['number']}{look}#{case['follow']['secret']}")
    found["case"] = resident.violations_in(*LOOKS)
    worker = visitor(390, signed_in="grid")
    worker.open(f"/m/work{look}", ready=False)
    found["work"] = worker.violations_in(*LOOKS)
    worker.open(f"/m/work/{case['id']}{look}", ready=False)
    found["card"] = worker.violations_in(*LOOKS)
    assert found == {name: [] for name in found}
    for who in (resident, worker):
        assert who.page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "nothing stands out at the side"
