"""What people do at the desk, each job to its end."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import ROOT, Visitor

Arrive = Callable[..., Visitor]
TASKS = "/work/records/projects.task"
PHOTO = ROOT / "web" / "public" / "assets" / "m" / "icon-192.png"


def test_somebody_signs_in_works_and_signs_out(visitor: Arrive) -> None:
    somebody = visitor(forgive=("401",))
    page = somebody.open("/work/", ready=False)
    page.get_by_label("用户名").fill("housing")
    page.get_by_label("密码", exact=True).fill("not the passphrase")
    page.get_by_role("button", name=re.compile("登录$")).click()
    expect(page.get_by_role("alert")).to_contain_text("密码")
    page.get_by_label("密码", exact=True).fill(somebody.platform.passphrase)
    page.get_by_role("button", name=re.compile("登录$")).click()
    expect(page.get_by_role("navigation", name="主导航")).to_be_visible()
    assert somebody.api("/api/session")["account"]["username"] == "housing"
    page.get_by_role("link", name="任务", exact=True).click()
    page.get_by_role("link", name="筹集保障性租赁住房").click()
    expect(page.get_by_role("heading", level=1, name="筹集保障性租赁住房")).to_be_visible()
    page.get_by_role("button", name=re.compile("示例·李住建")).click()
    page.get_by_role("button", name="退出登录").click()
    expect(page.get_by_role("heading", name="登录工作台")).to_be_visible()
    assert somebody.api("/api/session")["account"] is None


def test_a_list_is_searched_filtered_kept_as_a_view_and_the_address_holds_it(visitor: Arrive) -> None:
    somebody = visitor(signed_in="housing")
    page = somebody.open(TASKS, ready=False)
    expect(page.get_by_role("row")).to_have_count(51)
    page.get_by_role("search", name="筛选").get_by_role("button", name="类别").click()
    page.get_by_role("dialog", name="类别").get_by_text("工程类").click()
    page.get_by_role("dialog", name="类别").get_by_role("button", name="应用").click()
    works = somebody.api("/api/records/projects.task/count?where=category:eq:works")["count"]
    assert 1 < works < 50
    expect(page.get_by_role("row")).to_have_count(works + 1)
    page.get_by_placeholder(re.compile("中搜索")).fill("口袋公园")
    page.keyboard.press("Enter")
    expect(page.get_by_role("row")).to_have_count(2)
    expect(page.get_by_role("cell", name=re.compile("口袋公园"))).to_have_count(1)
    shared = page.url.removeprefix(somebody.platform.url)
    keep_view(page, "口袋公园类")

    colleague = visitor(signed_in="civil")
    other = colleague.open(shared, ready=False)
    expect(other.get_by_role("row")).to_have_count(2)
    page.goto(somebody.platform.url + TASKS)
    expect(page.get_by_role("row")).to_have_count(51)
    page.get_by_role("button", name="视图").click()
    page.get_by_role("link", name="口袋公园类").click()
    expect(page.get_by_role("row")).to_have_count(2)


def keep_view(page: Page, name: str) -> None:
    page.get_by_role("button", name="视图").click()
    page.get_by_placeholder("视图名称").fill(name)
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_text("视图已保存。")).to_be_visible()


def dialog(page: Page, title: str) -> Locator:
    """The dialog, once it can be seen: one that is only there and transparent helps nobody."""
    found = page.get_by_role("dialog").filter(has_text=title)
    expect(found).to_have_css("opacity", "1")
    return found


def test_a_figure_is_entered_with_its_evidence_and_the_history_keeps_both(visitor: Arrive) -> None:
    somebody = visitor(signed_in="housing")
    (target,) = somebody.api("/api/records/projects.target?where=key:eq:rent_subsidy")["rows"]
    page = somebody.open(f"/work/records/projects.target/{target['id']}", ready=False)
    page.get_by_role("button", name="填报数字").click()
    form = dialog(page, "填报数字")
    form.get_by_role("button", name="提交").click()
    expect(form.get_by_text("有 2 处需要修改")).to_be_visible()
    form.get_by_label(re.compile("累计完成数")).fill("12")
    form.get_by_label(re.compile("截至日期")).fill("2025-11-20")
    form.locator("input[type=file]").set_input_files(PHOTO)
    expect(form.get_by_role("link", name=PHOTO.name)).to_be_visible()
    form.get_by_role("button", name="提交").click()
    expect(page.get_by_text("“填报数字”已办理。")).to_be_visible()
    (entry,) = somebody.api(f"/api/records/projects.progress?where=target:eq:{target['id']}")["rows"]
    assert float(entry["value"]) == 12
    record = somebody.open(f"/work/records/projects.progress/{entry['id']}", ready=False)
    expect(record.get_by_role("link", name=re.compile(PHOTO.name))).to_be_visible()
    record.get_by_role("tab", name=re.compile("办理过程")).click()
    expect(record.get_by_text("示例·李住建").last).to_be_visible()


def test_a_hidden_number_is_shown_for_a_purpose_that_the_ledger_keeps(visitor: Arrive) -> None:
    somebody = visitor(signed_in="community")
    row = somebody.api("/api/records/population.resident?limit=1&sort=id")["rows"][0]
    page = somebody.open(f"/work/records/population.resident/{row['id']}", ready=False)
    page.get_by_role("button", name="查看原文").click()
    form = dialog(page, "查看脱敏内容")
    form.get_by_role("button", name="说明用途并查看").click()
    expect(form.get_by_text("请写明用途，至少 4 个字")).to_be_visible()
    form.get_by_label("用途").fill("核对高龄津贴申请")
    with page.expect_response(lambda answer: answer.url.endswith("/reveal")) as told:
        form.get_by_role("button", name="说明用途并查看").click()
    number = re.sub(r"\D", "", told.value.json()["values"]["identity_number"])
    assert len(number) > 10
    expect(page.get_by_text(number)).to_be_visible()
    page.reload()
    expect(page.get_by_role("button", name="查看原文")).to_be_visible()
    expect(page.get_by_text(number)).to_have_count(0)
    page.get_by_role("tab", name=re.compile("办理过程")).click()
    expect(page.get_by_text("核对高龄津贴申请")).to_be_visible()


def test_the_monthly_report_is_published_and_becomes_readable_for_everybody(visitor: Arrive) -> None:
    somebody, resident = visitor(signed_in="coordinator"), visitor(390)
    phone = resident.open("/m/programme", ready=False)
    published = phone.get_by_role("link", name=re.compile("月进展报告"))
    resident.settle()
    expect(published).to_have_count(0)
    page = somebody.open("/work/report", ready=False)
    page.get_by_role("button", name="发布", exact=True).click()
    dialog(page, "发布").get_by_role("button", name="提交").click()
    expect(page.get_by_text(re.compile("第 1 版"))).to_be_visible()
    expect(page.get_by_text("草稿，尚未发布")).to_have_count(0)
    phone.reload()
    expect(published).to_be_visible()


def test_two_people_who_change_one_record_both_see_what_the_other_did(visitor: Arrive) -> None:
    somebody = visitor(signed_in="steward", forgive=("409",))
    row = somebody.api("/api/records/population.resident?limit=1&sort=id")["rows"][0]
    page = somebody.open(f"/work/records/population.resident/{row['id']}", ready=False)
    page.get_by_role("button", name=re.compile("修改$")).first.click()
    field = page.get_by_label("联系电话", exact=False).first
    field.fill("00011112222")
    changed = somebody.send(
        "PATCH", f"/api/records/population.resident/{row['id']}", {"values": {"phone": "00033334444"}, "version": row["version"]}
    )
    assert changed.ok, changed.text()
    page.get_by_role("button", name=re.compile("保存$")).click()
    clash = page.get_by_role("alert").filter(has_text="别人刚刚改过这条记录")
    expect(clash).to_contain_text("00033334444")
    expect(clash).to_contain_text("00011112222")
    clash.get_by_role("radio", name=re.compile("保留我的")).check()
    clash.get_by_role("button", name="按选择保存").click()
    expect(page.get_by_text("已保存。")).to_be_visible()
    assert somebody.api(f"/api/records/population.resident/{row['id']}")["record"]["phone"] == "00011112222"


def test_a_list_from_another_office_is_brought_in_and_taken_back(visitor: Arrive) -> None:
    somebody = visitor(signed_in="steward")
    home = somebody.api("/api/records/population.resident?limit=1&sort=id")["rows"][0]["home"]
    rows = f"姓名,性别,出生日期,住址,居住类型\n示例·甲,女,1950-01-02,{home},户籍人口\n示例·乙,男,1949年3月4日,{home},户籍人口\n示例·丙,男,某年某月,{home},户籍人口\n"
    page = somebody.open("/work/imports/new/population.resident", ready=False)
    page.locator("input[type=file]").set_input_files({"name": "名册.csv", "mimeType": "text/csv", "buffer": rows.encode("gb18030")})
    page.get_by_role("button", name="检查内容").click()
    expect(page.get_by_text("有问题 1 行")).to_be_visible()
    expect(page.get_by_role("region", name="问题清单")).to_contain_text("C4")
    page.get_by_text("先导入没有问题的行").click()
    page.get_by_role("button", name="开始导入").click()
    expect(page.get_by_text("已导入 2 条。")).to_be_visible()
    assert somebody.api("/api/records/population.resident/count?q=示例·甲")["count"] == 1
    page.get_by_role("button", name="撤销这次导入").click()
    undo = dialog(page, "撤销这次导入")
    undo.get_by_label("办理理由").fill("测试：撤销导入")
    undo.get_by_role("button", name="撤销这次导入").click()
    expect(page.get_by_role("main").get_by_text("已撤销。")).to_be_visible()
    assert somebody.api("/api/records/population.resident/count?q=示例·甲")["count"] == 0


def test_an_ended_session_closes_the_desk(visitor: Arrive) -> None:
    somebody = visitor(signed_in="auditor", forgive=("401",))
    page = somebody.open(TASKS, ready=False)
    expect(page.get_by_role("navigation", name="主导航")).to_be_visible()
    somebody.context.clear_cookies()
    page.reload()
    expect(page.get_by_role("heading", name="登录")).to_be_visible()


def test_a_session_that_ends_unseen_closes_the_desk_at_the_next_step_although_the_public_may_read_there(visitor: Arrive) -> None:
    somebody = visitor(signed_in="auditor", forgive=("401",))
    page = somebody.open(TASKS, ready=False)
    expect(page.get_by_role("navigation", name="主导航")).to_be_visible()
    somebody.settle()
    somebody.context.clear_cookies()
    page.get_by_role("columnheader").get_by_role("button").first.click()
    expect(page.get_by_role("heading", name="登录")).to_be_visible()
