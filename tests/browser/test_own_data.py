"""Data of one's own: a table whose accuracy is judged, and pictures from a zip, from files and from the camera."""

import re
import zipfile
from io import BytesIO

import httpx
import pytest
from PIL import Image, ImageDraw
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import CODE, Complaints, OpenPage, TakeScreenshot
from tests.browser.playground import (
    PATIENCE,
    button,
    experiment_of,
    open_more_data,
    ready,
    shared,
    small,
    train,
    until_step,
)
from tests.browser.server import Server
from tests.browser.test_everyone import grave_findings

pytestmark = pytest.mark.browser
PHONE = {"width": 390, "height": 844}
REFUSED = "422"
# A camera at the border: the browser of the tests has none.
CAMERA = """() => {
  const canvas = document.createElement("canvas");
  canvas.width = 320;
  canvas.height = 240;
  const context = canvas.getContext("2d");
  setInterval(() => {
    context.fillStyle = "seagreen";
    context.fillRect(0, 0, 320, 240);
    context.fillStyle = "white";
    context.fillRect(100 + (Date.now() / 20) % 60, 80, 60, 60);
  }, 50);
  navigator.mediaDevices.getUserMedia = async () => canvas.captureStream(20);
}"""


def opened(page: Page, name: str = "Your own table, text or pictures…") -> Locator:
    """The window of own data."""
    button(page, name).click()
    window = page.locator("dialog.own")
    expect(window).to_be_visible()
    return window


def bring(window: Locator, *files: str | dict[str, object]) -> None:
    """Chooses files as the button does."""
    window.locator("input[type=file]").first.set_input_files(list(files))  # pyright: ignore[reportArgumentType]


def role(window: Locator, column: str) -> Locator:
    """What a column is used as."""
    return window.get_by_role("group", name=f"Use “{column}” as")


def use(window: Locator) -> None:
    button(window.page, "Use it").click()
    expect(window).to_have_count(0)


def passengers(server: Server) -> dict[str, object]:
    """The example table, as a file of one's own."""
    content = httpx.get(f"{server.address}/api/datasets/example.csv", verify=False).content
    return {"name": "Überlebende 幸存者.csv", "mimeType": "text/csv", "buffer": content}


def picture(form: str, number: int) -> bytes:
    image = Image.new("RGB", (48, 40), (200, 210 - number, 190 + number))
    draw, at = ImageDraw.Draw(image), (8 + number % 9, 6 + number % 7, 30 + number % 9, 28 + number % 7)
    (draw.ellipse if form == "round" else draw.rectangle)(at, fill=(60 + 5 * number % 90, 20, 80))
    file = BytesIO()
    image.save(file, "PNG")
    return file.getvalue()


def pictures(form: str, count: int) -> list[dict[str, object]]:
    return [
        {"name": f"{number}.png", "mimeType": "image/png", "buffer": picture(form, number)} for number in range(count)
    ]


def test_how_a_column_was_read_is_shown_and_said_otherwise_by_a_choice(
    open_page: OpenPage, screenshot: TakeScreenshot
) -> None:
    lines = [
        f"{1 + row % 9:02}/{1 + row % 11:02}/24;€{1 + row % 5},{row:03};{'yes' if row % 2 else 'no'}"
        for row in range(60)
    ]
    content = "\n".join(["when;rent;heated", *lines]).encode()
    page = ready(open_page("/"))
    window = opened(page)
    bring(window, {"name": "flats.csv", "mimeType": "text/csv", "buffer": content})
    ambiguous = window.get_by_text("The dates in “when” may be read in two ways")
    expect(ambiguous).to_be_visible(timeout=PATIENCE)  # the first file that is read also starts who reads it
    when = window.locator(".own-columns tbody tr", has_text="when")
    expect(when).to_contain_text("“01/01/24” → 2024-01-01")
    when.locator("summary").click()
    window.get_by_label("Dates in “when” begin with").select_option(label="the month")
    expect(ambiguous).to_have_count(0)
    expect(when).to_contain_text("2024-01-01 – 2024-09-")
    rent = window.locator(".own-columns tbody tr", has_text="rent")
    rent.locator("summary").click()
    window.get_by_label("Numbers in “rent” are written as").select_option("1,234.5")
    expect(rent).to_contain_text("“€1,000” → 1000 €")
    role(window, "rent").get_by_label("Target").press("Space")
    window.get_by_label("Numbers in “rent” are written as").select_option("1.234,5")
    expect(rent).to_contain_text("“€1,000” → 1 €")
    expect(window.get_by_label("What is to be predicted")).to_have_value("rent")
    screenshot(page)


def test_a_table_of_ones_own_shows_what_its_accuracy_is_worth(
    open_page: OpenPage, server: Server, screenshot: TakeScreenshot
) -> None:
    page = ready(open_page())
    before = experiment_of(page)
    question = page.get_by_text("How does a network make a curve out of straight lines?")
    expect(question).to_be_visible()
    window = opened(page)
    screenshot(page, "window")
    bring(window, passengers(server))
    expect(window.get_by_role("heading", level=2)).to_have_text("Überlebende 幸存者.csv")
    expect(window.get_by_label("What is to be predicted", exact=True)).to_have_value("survived")
    expect(window).to_contain_text("one of 2 classes: 0 (536), 1 (364)")
    expect(window.get_by_text("“lifeboat” alone tells")).to_be_visible()
    screenshot(page, "columns")

    use(window)  # with the column that gives the answer away
    ready(page)
    expect(page.get_by_text("Predicts “survived” from 8 columns.")).to_be_visible()
    expect(question).to_have_count(0)  # with other data it has lost its sense
    train(page)
    expect(page.get_by_text("Does one of the inputs give the answer away?")).to_be_visible(timeout=PATIENCE)
    screenshot(page, "too-good")
    button(page, "Look at the columns").click()
    expect(window).to_contain_text("one of 2 classes: 0 (536), 1 (364)")  # its rows are as high as they get
    button(page, "Leave it out").click()
    expect(role(window, "lifeboat").get_by_label("Leave out")).to_be_checked()
    use(window)
    assert "lifeboat" not in experiment_of(page)["dataset"]["input_columns"]

    train(page)
    verdict = page.locator(".verdict")
    expect(verdict).to_contain_text(
        re.compile(r"Always saying “0” would reach 59\.4 %; the network is \d+ points better")
    )
    expect(page.locator(".finding.warning")).to_contain_text("by heart", timeout=PATIENCE)
    verdict.scroll_into_view_if_needed()
    screenshot(page, "trap")
    open_more_data(page)
    page.get_by_text("All samples").click()
    expect(page.get_by_role("region", name="Rows of the table")).to_contain_text("male")
    screenshot(page, "rows")
    page.keyboard.press("Escape")

    page.locator("body").press("Control+z")
    page.locator("body").press("Control+z")
    assert experiment_of(page) == before
    expect(question).to_be_visible()


def test_columns_change_their_kind_and_their_use_and_the_task_follows(
    open_page: OpenPage, server: Server, screenshot: TakeScreenshot
) -> None:
    page = ready(open_page(shared(small())))
    window = opened(page)
    button(page, "Use the example table").click()
    window.get_by_label("Kind of “class”").select_option("category")
    for name in ("boarded", "lifeboat"):
        role(window, name).get_by_label("Leave out").press("Space")
    expect(role(window, "boarded").get_by_label("Target")).to_be_disabled()
    role(window, "fare").get_by_label("Target").press("Space")
    expect(window).to_contain_text("Regression: how much it is, as a number.")
    expect(role(window, "survived").get_by_label("Input")).to_be_checked()
    window.get_by_label("Empty cells", exact=True).select_option("drop")
    screenshot(page)
    use(window)
    ready(page)
    document = experiment_of(page)
    assert (document["task"]["kind"], document["loss"]["kind"]) == ("regression", "mse")
    assert document["dataset"]["input_columns"] == ["class", "sex", "age", "siblings", "port", "survived"]
    assert document["dataset"]["missing"] == "drop"
    expect(page.locator(".network-flow")).to_have_text("10 → 4 → 1")  # class and port are three numbers each

    button(page, "Choose the columns…").click()
    expect(role(window, "fare").get_by_label("Target")).to_be_checked()
    button(page, "Leave all out").click()
    problem = window.get_by_text("Choose at least one column that the network may see.")
    expect(problem).to_be_visible()
    expect(button(page, "Use it")).to_be_disabled()
    button(page, "Use all other columns").click()
    expect(problem).to_have_count(0)
    expect(button(page, "Use it")).to_be_enabled()


def test_a_zip_of_pictures_brings_classes_and_a_network_that_slides_over_them(
    open_page: OpenPage, server: Server, screenshot: TakeScreenshot
) -> None:
    archive = BytesIO()
    with zipfile.ZipFile(archive, "w") as file:
        for form, name in (("round", "圆"), ("square", "квадрат")):
            for number in range(24):
                file.writestr(f"set/{name}/{number}.png", picture(form, number))
        file.writestr("set/圆/notes.txt", "no picture")
    page = ready(open_page(shared(small())))
    window = opened(page)
    bring(window, {"name": "Formen.zip", "mimeType": "application/zip", "buffer": archive.getvalue()})
    expect(window.locator(".own-class")).to_have_count(2)
    expect(window.locator(".own-class").first).to_contain_text("圆")
    expect(window.get_by_role("img", name="Some of квадрат").locator("canvas").first).to_be_visible()
    expect(window).to_contain_text("notes.txt")
    screenshot(page, "classes")
    use(window)
    ready(page)
    kinds = [layer["kind"] for layer in experiment_of(page)["networks"]["main"]["layers"]]
    assert kinds == ["conv2d", "relu", "max_pool2d", "conv2d", "relu", "max_pool2d", "flatten"]
    expect(page.get_by_text("48 pictures of 2 classes.")).to_be_visible()
    train(page)
    until_step(page, 20)
    expect(page.locator(".verdict")).to_contain_text("would reach 50 %")
    screenshot(page, "training")


def test_classes_are_filled_from_files_and_with_the_camera(
    open_page: OpenPage, server: Server, screenshot: TakeScreenshot
) -> None:
    page = ready(open_page(shared(small())))
    page.evaluate(CAMERA)
    window = opened(page)
    button(page, "Make classes of pictures yourself").click()
    cards = window.locator(".own-class")
    for number, name in enumerate(("rund 圆", "square")):
        window.get_by_role("textbox", name=f"Name of class {number + 1}").fill(name)
        page.keyboard.press("Enter")
    bring(cards.nth(0), *pictures("round", 4))
    expect(cards.nth(0).locator(".numbers")).to_have_text("4", timeout=PATIENCE)
    cards.nth(1).get_by_role("button", name="Camera").click()
    button(page, "Take a picture").click()
    expect(cards.nth(1).locator(".numbers")).to_have_text("1")
    button(page, "Keep taking").click()
    expect(cards.nth(1).locator(".numbers")).to_have_text(re.compile("[456]"), timeout=PATIENCE)
    screenshot(page, "camera")
    button(page, "Stop taking").click()
    cards.nth(1).get_by_role("button", name="Camera").click()
    expect(cards.nth(1).locator(".own-thumbnails > *").first).to_be_visible()
    expect(button(page, "Use it")).to_be_enabled()
    use(window)
    ready(page)
    assert [label["name"] for label in experiment_of(page)["dataset"]["classes"]] == ["rund 圆", "square"]
    screenshot(page, "used")


def test_pictures_that_are_dropped_wait_for_their_class(open_page: OpenPage, screenshot: TakeScreenshot) -> None:
    page = ready(open_page(shared(small())))
    window = opened(page)
    dropped = page.evaluate_handle(
        """(files) => {
          const carried = new DataTransfer();
          for (const {name, bytes} of files)
            carried.items.add(new File([new Uint8Array(bytes)], name, {type: "image/png"}));
          return carried;
        }""",
        [{"name": f"{number}.png", "bytes": list(picture("round", number))} for number in range(3)],
    )
    zone = window.locator(".own-bring")
    zone.dispatch_event("dragenter", {"dataTransfer": dropped})
    zone.dispatch_event("dragover", {"dataTransfer": dropped})
    expect(zone).to_have_class(re.compile(r"\bover\b"))
    screenshot(page, "over")
    zone.dispatch_event("drop", {"dataTransfer": dropped})
    expect(window).to_contain_text("Pictures that wait for a class: 3.")
    window.get_by_role("group", name="Which class do they belong to?").get_by_role("button", name="Class 2").click()
    expect(window.get_by_role("group", name="Which class do they belong to?")).to_have_count(0)
    expect(window.locator(".own-class .numbers").nth(1)).to_have_text("3", timeout=PATIENCE)
    expect(window).to_contain_text("There is only one class yet.")
    screenshot(page, "sorted")


def test_what_cannot_be_read_is_said_and_what_was_brought_is_renamed_and_deleted(
    open_page: OpenPage, server: Server, complaints: Complaints, screenshot: TakeScreenshot
) -> None:
    complaints.forgive(REFUSED)
    page = ready(open_page(shared(small())))
    window = opened(page)
    bring(window, {"name": "page.csv", "mimeType": "text/csv", "buffer": b"<!doctype html><p>No table</p>"})
    expect(window.get_by_role("alert")).to_contain_text("This is a web page")
    screenshot(page, "refused")
    rows = "".join(f"{number % 7};{number % 5};{'ja' if number % 2 else 'nein'}\n" for number in range(60))
    bring(window, {"name": "Übung.csv", "mimeType": "text/csv", "buffer": ("a;b;y\n" + rows).encode()})
    expect(window).to_contain_text("60 rows and 3 columns, separated by semicolons")
    expect(window.get_by_role("alert")).to_have_count(0)
    button(page, "All your data").click()
    button(page, "Rename Übung.csv").click()
    expect(window.locator("input:focus")).to_have_value("Übung.csv")
    page.keyboard.type("练习")  # over the name, which is chosen
    page.keyboard.press("Enter")
    button(page, "Delete 练习").click()
    expect(button(page, "Keep it")).to_be_focused()
    screenshot(page, "deleting")
    button(page, "Delete").click()
    expect(page.get_by_role("group", name="Delete 练习")).to_have_count(0)  # the question, which stands there till then
    assert "练习" not in [dataset["name"] for dataset in server.get("/datasets")["datasets"]]


def test_sending_can_be_cancelled(open_page: OpenPage, server: Server, screenshot: TakeScreenshot) -> None:
    page = ready(open_page(shared(small())))
    window = opened(page)
    line = page.context.new_cdp_session(page)
    line.send("Network.enable")
    slow = {"offline": False, "latency": 20, "downloadThroughput": 500_000, "uploadThroughput": 200_000}
    line.send("Network.emulateNetworkConditions", slow)
    content = b"a,b,y\n" + b"".join(b"%d,%d,%d\n" % (number, number % 7, number % 3) for number in range(200_000))
    bring(window, {"name": "long.csv", "mimeType": "text/csv", "buffer": content})
    expect(window.locator(".own-progress")).to_contain_text(re.compile(r"long\.csv: [\d.]+ [kM]B of 2\.\d MB"))
    screenshot(page)
    button(page, "Cancel").click()
    expect(window.get_by_role("progressbar")).to_have_count(0)
    expect(window.get_by_role("alert")).to_have_count(0)
    assert "long.csv" not in [dataset["name"] for dataset in server.get("/datasets")["datasets"]]


def test_by_keyboard_alone_a_table_is_chosen_and_used(open_page: OpenPage) -> None:
    page = ready(open_page(shared(small())))
    window = opened(page)
    reach(page, button(page, "Use the example table"))
    page.keyboard.press("Enter")
    expect(role(window, "sex")).to_be_visible()
    reach(page, role(window, "sex").get_by_label("Input"))
    page.keyboard.press("ArrowRight")
    expect(role(window, "sex").get_by_label("Leave out")).to_be_checked()
    reach(page, button(page, "Use it"))
    page.keyboard.press("Enter")
    expect(window).to_have_count(0)
    dataset = experiment_of(page)["dataset"]
    assert dataset["target_column"] == "survived"
    assert "sex" not in dataset["input_columns"]


def reach(page: Page, goal: Locator) -> None:
    """Presses Tab until the focus stands there."""
    expect(goal).to_be_visible()
    for _ in range(80):
        if goal.evaluate("(element) => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError("Expected the Tab key to come there.")


def test_axe_finds_nothing_serious_in_the_window_of_own_data(open_page: OpenPage) -> None:
    page = ready(open_page(shared(small())))
    window = opened(page)
    assert grave_findings(page) == []
    button(page, "Use the example table").click()
    expect(role(window, "sex")).to_be_visible()
    expect(window.locator(".own-bars").first).to_be_visible()
    assert grave_findings(page) == []
    button(page, "All your data").click()
    button(page, "Make classes of pictures yourself").click()
    expect(window.locator(".own-class")).to_have_count(2)
    assert grave_findings(page) == []


def test_on_a_phone_in_chinese_a_table_in_gb18030_is_read(open_page: OpenPage, screenshot: TakeScreenshot) -> None:
    page = open_page(
        shared(small()), viewport=PHONE, is_mobile=True, has_touch=True, locale="zh-CN", color_scheme="dark"
    )
    expect(button(page, "训练")).to_be_enabled()
    window = opened(page, "你自己的表格、文本或图片…")
    screenshot(page, "window")
    rows = "".join(
        f"{'北京' if number % 3 else '上海'},{number * 7 % 90},{'blue' if number % 2 else '不买'}\n"
        for number in range(80)
    )
    table = ("城市,alcohol,结果\n" + rows).encode(
        "gb18030"
    )  # two names that data of ours have, and are translated there
    bring(window, {"name": "房子.csv", "mimeType": "text/csv", "buffer": table})
    expect(window).to_contain_text("编码为 GB18030")
    expect(window.get_by_label("要预测什么", exact=True)).to_have_value("结果")
    expect(window).to_contain_text("上海、北京")
    assert window.evaluate("(element) => element.scrollWidth <= element.clientWidth")
    screenshot(page, "columns")
    button(page, "使用").click()
    expect(window).to_have_count(0)
    expect(page.get_by_text("根据 2 列预测“结果”。")).to_be_visible()
    open_more_data(page)
    expect(page.locator(".balance-name")).to_have_text(["blue", "不买"])  # as they were given, in any language
    expect(page.get_by_text("酒精")).to_have_count(0)


def test_on_a_school_network_a_sentence_stands_for_the_camera(
    open_page: OpenPage, school: Server, screenshot: TakeScreenshot
) -> None:
    address = f"http://class.test:{school.port}"
    page = open_page("/", address=address, viewport=PHONE, is_mobile=True, has_touch=True)
    page.get_by_role("textbox", name="Code").fill(CODE)
    page.get_by_role("textbox", name="Your name").fill("小明")
    button(page, "Come in").click()
    ready(page)
    window = opened(page)
    button(page, "Make classes of pictures yourself").click()
    expect(window).to_contain_text("Browsers give the camera to a page only over https")
    card = window.locator(".own-class").first
    assert card.locator(".own-shot input[type=file]").get_attribute("capture") == "environment"
    card.locator(".own-shot input[type=file]").set_input_files(pictures("round", 1))  # pyright: ignore[reportArgumentType]
    expect(card.locator(".numbers")).to_have_text("1", timeout=PATIENCE)
    screenshot(page)
    token = {"Authorization": f"Bearer {CODE}"}
    seen = httpx.get(f"{school.address}/api/datasets", headers=token, verify=False)
    assert seen.json()["datasets"] == []  # another seat's


def test_the_gallery_leads_to_ones_own_data_unless_a_link_locks_the_data(open_page: OpenPage) -> None:
    page = ready(open_page())
    button(page, "Experiments").click()
    page.get_by_role("button", name=re.compile("What can be learned from your data")).click()
    expect(page.locator("dialog.own")).to_be_visible()
    expect(page.get_by_role("dialog")).to_have_count(1)


def test_classmate_is_told_whose_data_a_run_has_instead_of_an_empty_table(
    open_page: OpenPage, school: Server, complaints: Complaints, screenshot: TakeScreenshot
) -> None:
    complaints.forgive("status of (403|422)")  # samples, which are not shown
    with httpx.Client(base_url=school.address, verify=False, timeout=PATIENCE / 1000) as ada:
        taken = ada.post("/api/session", json={"code": CODE, "name": "Ada"}).json()
        ada.headers["Authorization"] = f"Bearer {taken['token']}"
        table = "age,saved\n" + "".join(f"{n},{'yes' if n > 30 else 'no'}\n" for n in range(60))
        dataset = ada.post("/api/datasets", files={"file": ("t.csv", table.encode())}).json()["dataset"]
        document = small(3, dataset=dataset)
        run = ada.post("/api/runs", json={"experiment": document}).json()["id"]
    page = open_page(f"/login?next=/?run={run}", address=school.address)
    page.get_by_role("textbox", name="Code").fill(CODE)
    page.get_by_role("textbox", name="Your name").fill("Bob")
    button(page, "Come in").click()
    sentence = f"{taken['seat']} brought these data. The class does not see what stands in them."
    for region in ("Data", "Output"):
        expect(page.get_by_role("region", name=region).get_by_text(sentence)).to_be_visible()
    expect(page.get_by_text("Predicts")).to_have_count(0)
    screenshot(page)
