#!/usr/bin/python3
"""The district's pages in a real Chromium, as each role sees them.

Runs the real hailong-district over a store that seed.cc filled, walks every page that the navigation
offers, and looks at each as people do: figures, accessibility (axe-core), size, phone width, print,
and whether anything that residents or kiosks wrote ever runs as script.
"""

import base64
import csv
import io
import json
import re
import subprocess
import sys
import tempfile
import unittest
import urllib.error
import urllib.parse
import urllib.request
import zipfile
from datetime import datetime, timedelta, timezone
from pathlib import Path

import openpyxl
from selenium import webdriver
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import WebDriverWait

DISTRICT, SEED, SOURCE, BUILD = sys.argv[1:5]
AXE = (Path(BUILD) / "node_modules/axe-core/axe.min.js").read_text()
SHOTS = Path(BUILD) / "shots"
UNIT = "10750"
ROLES = {  # word of the role: unit
    "administrator": None,
    "district-officer": None,
    "supervisor": None,
    "auditor": None,
    "commune-head": UNIT,
    "commune-staff": UNIT,
}
HOSTILE = ("<script>window.hacked=1</script>", "<img src=x onerror=window.hacked=1>",
           "\"><svg onload=window.hacked=1>", "</textarea><script>window.hacked=1</script>",
           "{{constructor.constructor('window.hacked=1')()}}")  # of those that seed.cc writes
MOST_BYTES = 300_000
DESK, NARROW_DESK, PHONE = (1280, 900), (1160, 900), (390, 844)


def configuration(folder):
    text = (Path(SOURCE) / "config/kim-thanh/district.toml").read_text()
    sample = Path(SOURCE) / "config/kim-thanh"

    def absolute(match):
        return f'{match[1]} = "{(sample / match[2]).resolve()}"'

    text = re.sub(r'^(units|successors|fields|programme|holidays|feedback) = "(.*)"$', absolute,
                  text, flags=re.M)
    text = re.sub(r"^port = .*$", "port = 0", text, flags=re.M)
    text = re.sub(r'^# dossier_keys = .*$', 'dossier_keys = "keys"', text, flags=re.M)
    (Path(folder) / "keys").mkdir()
    text = re.sub(r"^data_dir = .*$", 'data_dir = "data"', text, flags=re.M)
    file = Path(folder) / "district.toml"
    file.write_text(text)
    return file


class District:
    """The running program, filled, with an account of each role and a token."""

    def __init__(self):
        self.folder = tempfile.TemporaryDirectory()
        self.config = configuration(self.folder.name)
        self.passwords = {role: self.account(role, unit) for role, unit in ROLES.items()}
        self.token = self.admin("token", "add", "browser", "--scope", "scores").strip()
        self.log = open(Path(self.folder.name) / "log", "w+b")
        self.process = subprocess.Popen([DISTRICT, "serve", "--config", self.config],
                                        stdout=subprocess.PIPE, stderr=self.log)
        line = self.process.stdout.readline().decode()
        self.url = re.search(r"http://\S+/", line)[0].rstrip("/")
        subprocess.run([SEED, self.config, self.url + "/"], check=True, stdout=subprocess.DEVNULL)

    def admin(self, *words):
        return subprocess.run([DISTRICT, "admin", "--config", self.config, *words], check=True,
                              capture_output=True, text=True).stdout

    def account(self, role, unit):
        words = ["user", "add", role, "--role", role, "--generate"]
        return self.admin(*words, *(["--unit", unit] if unit else [])).strip()

    def get(self, path, **headers):
        request = urllib.request.Request(self.url + path, headers=headers)
        with urllib.request.urlopen(request) as answer:
            return answer.headers.get_content_type(), answer.read()

    def scores(self, query):
        kind, body = self.get("/api/v1/scores?" + query, Authorization="Bearer " + self.token)
        assert kind == "application/json", kind
        return json.loads(body)

    def close(self):
        self.process.terminate()
        self.process.wait(timeout=20)
        self.process.stdout.close()
        self.log.close()
        self.folder.cleanup()


def chromium(folder):
    options = webdriver.ChromeOptions()
    for word in ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
                 "--disable-background-networking", "--no-first-run", "--lang=vi",
                 f"--user-data-dir={folder}", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"):
        options.add_argument(word)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    browser = webdriver.Chrome(service=Service("/usr/bin/chromedriver"), options=options)
    browser.set_page_load_timeout(60)
    # Before any script of a page: what the content security policy stops, and whatever asks.
    browser.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": """
        window.violations = [];
        document.addEventListener('securitypolicyviolation',
            e => window.violations.push(e.violatedDirective + ' ' + e.blockedURI));
        for (const name of ['alert', 'confirm', 'prompt']) window[name] = () => { window.hacked = 1; };
    """})
    return browser


def size(browser, width, height):
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", {
        "width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600})
    # Charts are drawn anew in a frame of their own.
    browser.execute_async_script(
        "const done = arguments[0]; requestAnimationFrame(() => requestAnimationFrame(done))")


def shoot(browser, name):
    """The whole page, not only what the window shows."""
    page = browser.execute_cdp_cmd("Page.getLayoutMetrics", {})["cssContentSize"]
    shot = browser.execute_cdp_cmd("Page.captureScreenshot", {
        "captureBeyondViewport": True, "clip": {"x": 0, "y": 0, "scale": 1, "width": page["width"],
                                                "height": min(page["height"], 8000)}})
    (SHOTS / f"{name}.png").write_bytes(base64.b64decode(shot["data"]))


class Pages(unittest.TestCase):
    weights = {}  # the most bytes that a page of a kind loaded

    @classmethod
    def setUpClass(cls):
        SHOTS.mkdir(parents=True, exist_ok=True)
        cls.addClassCleanup(lambda: print(*(f"{weight:7} bytes {kind}" for kind, weight
                                            in sorted(cls.weights.items())), sep="\n"))
        cls.district = District()
        cls.addClassCleanup(cls.district.close)
        cls.profile = tempfile.TemporaryDirectory()
        cls.addClassCleanup(cls.profile.cleanup)
        cls.browser = chromium(cls.profile.name)
        cls.addClassCleanup(cls.browser.quit)

    def open(self, path):
        self.browser.get(self.district.url + path)

    def log_in(self, role):
        self.browser.delete_all_cookies()
        self.open("/login")
        self.browser.find_element(By.NAME, "name").send_keys(role)
        self.browser.find_element(By.NAME, "password").send_keys(self.district.passwords[role])
        self.leave_by(self.browser.find_element(
            By.CSS_SELECTOR, "form[action^='/login'] button").click)
        self.wait_for_one_of("[name=new]", "form[action='/logout']")
        if self.browser.find_elements(By.NAME, "new"):  # somebody else made it: to be changed first
            self.change_password(role)
            self.wait_for_one_of("form[action='/logout']")

    def leave_by(self, act):
        """Until the page is another. The old one is marked: Chromium has other errors than Selenium
        knows for an element of a page that is just going."""
        self.browser.execute_script("document.documentElement.dataset.old = ''")
        act()
        WebDriverWait(self.browser, 30).until(
            lambda browser: not browser.find_elements(By.CSS_SELECTOR, "html[data-old]"))

    def wait_for_one_of(self, *selectors):
        WebDriverWait(self.browser, 30).until(lambda browser: any(
            browser.find_elements(By.CSS_SELECTOR, selector) for selector in selectors))

    def change_password(self, role):
        password = "mật khẩu mới " + role
        for name, typed in (("old", self.district.passwords[role]), ("new", password),
                            ("again", password)):
            self.browser.find_element(By.NAME, name).send_keys(typed)
        self.leave_by(self.browser.find_element(By.NAME, "again").submit)
        self.district.passwords[role] = password

    def cookie(self):
        return "; ".join(f"{c['name']}={c['value']}" for c in self.browser.get_cookies())

    def links(self):
        """Paths of this site that the page offers, in their order."""
        found = self.browser.execute_script(
            "return [...document.querySelectorAll('a[href]')].map(a => a.href)")
        base = self.district.url
        return list(dict.fromkeys(link[len(base):].split("#")[0] for link in found
                                  if link.startswith(base + "/")))

    def look(self, role, path):
        """All that must hold of every page."""
        with self.subTest(role=role, path=path):
            self.check_quiet(path)
            self.check_size(path)
            self.check_accessible()
            self.check_widths(role, path)

    def wait_for(self, words):
        """Until the page holds them: a click does not wait for the page that it leads to."""
        WebDriverWait(self.browser, 30).until(lambda browser: words in browser.page_source)

    def check_quiet(self, path):
        self.assertIsNone(self.browser.execute_script("return window.hacked ?? null"),
                          "something that was written ran as script")
        self.assertEqual(self.browser.execute_script("return window.violations"), [])
        odd = [entry["message"] for entry in self.browser.get_log("browser")
               if entry["level"] in ("SEVERE", "WARNING")]
        self.assertEqual(odd, [], f"the console of {path}")

    def check_size(self, path):
        sizes = self.browser.execute_script("""
            return [...performance.getEntriesByType('navigation'),
                    ...performance.getEntriesByType('resource')].map(e => e.encodedBodySize)""")
        self.weights[kind_of(path)] = max(sum(sizes), self.weights.get(kind_of(path), 0))
        self.assertLess(sum(sizes), MOST_BYTES)

    def check_accessible(self):
        self.browser.execute_script(AXE)
        faults = self.browser.execute_async_script("""
            const done = arguments[0];
            axe.run(document, {resultTypes: ['violations']}).then(result => done(result.violations
                .filter(v => v.impact === 'serious' || v.impact === 'critical')
                .map(v => v.id + ': ' + v.nodes.slice(0, 3).map(n => n.html).join(' | '))),
              error => done([String(error)]))""")
        self.assertEqual(faults, [])

    def check_widths(self, role, path):
        name = role + re.sub(r"[^a-z0-9]+", "-", path.lower())[:60].rstrip("-")
        shoot(self.browser, f"{name}-desk")
        wide = {}
        for width, height in (NARROW_DESK, PHONE, DESK):
            size(self.browser, width, height)
            wide[width] = self.wider_than_the_window()
            if (width, height) == PHONE:
                shoot(self.browser, f"{name}-phone")
        self.assertEqual(wide, dict.fromkeys(wide, 0), "the page is wider than its window")

    def wider_than_the_window(self):
        return self.browser.execute_script(
            "return document.documentElement.scrollWidth - document.documentElement.clientWidth")

    def walk(self, role):
        """Every page from the navigation, and one of each kind that they lead to."""
        size(self.browser, *DESK)
        self.open("/")
        waiting = ["/", "/?" + this_year()] + sorted(
            urllib.parse.urlsplit(a.get_attribute("href")).path
            for a in self.browser.find_elements(By.CSS_SELECTOR, "nav a[href]"))
        seen, kinds, files = set(), set(), set()
        while waiting:
            path = waiting.pop(0)
            kind = kind_of(path)
            if kind in kinds:
                continue
            kinds.add(kind)
            if is_file(path):
                files.add(path)
                continue
            self.open(path)
            seen.add(path)
            self.look(role, path)
            waiting += sorted(self.links())
            files |= {link for link in self.links() if is_file(link)}
        return seen, files

    def test_each_role_walks_its_pages_and_reads_its_files(self):
        for role in ROLES:
            self.log_in(role)
            seen, files = self.walk(role)
            self.assertIn("/", seen)
            for path in sorted(files):
                with self.subTest(role=role, file=path):
                    self.read_back(path)

    def read_back(self, path):
        kind, body = self.district.get(path, Cookie=self.cookie())
        if kind == "text/csv":
            rows = list(csv.reader(io.StringIO(body.decode("utf-8-sig"))))
            self.assertGreater(len(rows), 1)
            for row in rows:
                for cell in row:
                    self.assertFalse(cell.startswith("=HYPERLINK"), "a formula would run in Excel")
        elif kind == "application/json":
            json.loads(body)
        elif kind == "application/pdf":
            text = subprocess.run(["pdftotext", "-", "-"], input=body, capture_output=True,
                                  check=True).stdout.decode()
            self.assertIn("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", " ".join(text.split()))
        elif kind.endswith("spreadsheetml.sheet"):
            sheet = openpyxl.load_workbook(io.BytesIO(body)).worksheets[0]
            self.assertGreater(sheet.max_row, 1)
        elif kind.endswith("wordprocessingml.document"):
            with zipfile.ZipFile(io.BytesIO(body)) as file:
                self.assertIn("<w:tbl>", file.read("word/document.xml").decode())
        else:
            self.fail(f"{path} is {kind}")

    def test_the_overview_shows_the_figures_of_the_api(self):
        self.log_in("district-officer")
        query = this_year()
        rows = {row["unit_code"]: row for row in self.district.scores(query)["rows"]}
        self.open("/?" + query)
        shoot(self.browser, "overview")  # docs/images/dashboard.png
        text = " ".join(self.browser.find_element(By.TAG_NAME, "main").text.split())
        for row in rows.values():
            self.assertGreater(row["n"], 0)
            self.assertIn(f"{row['n']:,}".replace(",", "."), text)
        total = sum(row["n"] for row in rows.values())
        self.assertIn(f"{total:,}".replace(",", "."), text)

    def test_served_dossiers_are_previewed_and_then_entered(self):
        size(self.browser, *DESK)
        self.log_in("district-officer")
        self.open("/served")
        self.assertIn("Theo sổ hồ sơ", self.browser.page_source)
        month = self.browser.find_element(By.NAME, "month").get_attribute("value")
        text = ("unit,month,field,received,returned,source\n"
                f"10750,{month},,1234,1200,<b>Báo cáo</b> của ki-ốt\n")
        with tempfile.NamedTemporaryFile("w", suffix=".csv") as file:
            file.write(text)
            file.flush()
            form = self.browser.find_element(By.CSS_SELECTOR, "form:has(input[value=totals])")
            form.find_element(By.CSS_SELECTOR, "input[type=file]").send_keys(file.name)
            field = form.find_element(By.NAME, "csv")
            WebDriverWait(self.browser, 30).until(
                lambda _: field.get_property("value") == text)
            form.find_element(By.TAG_NAME, "button").click()
        self.wait_for("1.234 tiếp nhận, 1.200 trả kết quả")
        self.look("district-officer", "/served/preview")
        self.browser.find_element(By.CSS_SELECTOR, "form[action='/served/import'] button").click()
        self.wait_for("Đã nhập 1 dòng.")
        self.check_quiet("/served")
        self.assertIn("<b>Báo cáo</b> của ki-ốt",
                      self.browser.find_element(By.TAG_NAME, "main").text)

    def test_the_page_of_a_commune_shows_the_dossier_ratio_of_the_api(self):
        self.log_in("district-officer")
        today = self.browser.execute_script(
            "return new Date(Date.now() + 7 * 3600e3).toISOString().slice(0, 10)")
        first = self.browser.execute_script(
            "return new Date(Date.now() - 70 * 86400e3).toISOString().slice(0, 8) + '01'")
        query = f"from={first}&to={today}"
        _, body = self.district.get("/api/v1/dossiers?" + query,
                                    Authorization="Bearer " + self.district.token)
        rows = {row["unit_code"]: row["qd766_5_4"] for row in json.loads(body)["rows"]}
        self.assertEqual(rows[UNIT]["dossiers"], 120)
        self.assertGreater(rows[UNIT]["unsatisfied"], 0)
        self.open(f"/units/{UNIT}?{query}")
        self.assertIn(rows[UNIT]["words"], self.browser.find_element(By.TAG_NAME, "main").text)

    def test_the_commune_does_not_see_another_ones_pages(self):
        self.log_in("commune-staff")
        for path in ("/units/10756", "/accounts", "/audit", "/erasure"):
            with self.subTest(path=path):
                with self.assertRaises(urllib.error.HTTPError) as refused:
                    self.district.get(path, Cookie=self.cookie())
                self.assertIn(refused.exception.code, (403, 404))
                refused.exception.close()

    def test_what_residents_wrote_is_shown_and_never_runs(self):
        self.log_in("district-officer")
        self.open("/feedback")
        self.check_quiet("/feedback")
        cases = [link for link in self.links() if re.fullmatch(r"/feedback/[0-9][^/?]*", link)][:30]
        self.assertGreater(len(cases), len(HOSTILE), "the hostile words are among the newest")
        shown = ""
        for path in cases:
            self.open(path)
            self.check_quiet(path)
            shown += self.browser.find_element(By.TAG_NAME, "main").text
        for words in HOSTILE:
            self.assertIn(words, shown)

    def test_a_chart_that_was_not_drawn_anew_yet_does_not_widen_a_phones_page(self):
        self.log_in("administrator")
        size(self.browser, *DESK)
        late = self.browser.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": """
            window.at_once = window.requestAnimationFrame.bind(window);
            window.requestAnimationFrame = () => 0;"""})
        try:
            self.open("/")
            self.assertTrue(self.browser.find_elements(By.TAG_NAME, "canvas"))
            self.browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", {
                "width": PHONE[0], "height": PHONE[1], "deviceScaleFactor": 1, "mobile": True})
            self.browser.execute_async_script(
                "const done = arguments[0]; at_once(() => at_once(done))")
            drawn = self.browser.execute_script("return document.querySelector('canvas').clientWidth")
            self.assertGreater(drawn, PHONE[0], "the chart is as wide as on the desk still")
            self.assertLessEqual(self.wider_than_the_window(), 0)
        finally:
            self.browser.execute_cdp_cmd("Page.removeScriptToEvaluateOnNewDocument", late)
            self.open("/")
            size(self.browser, *DESK)

    def test_the_overview_prints(self):
        self.log_in("district-officer")
        self.open("/")
        print_out = self.browser.execute_cdp_cmd("Page.printToPDF",
                                                 {"paperWidth": 8.27, "paperHeight": 11.69})["data"]
        file = SHOTS / "overview.pdf"
        file.write_bytes(base64.b64decode(print_out))
        text = subprocess.run(["pdftotext", "-layout", file, "-"], capture_output=True, check=True,
                              text=True).stdout
        self.assertIn("Phú Thái", text)
        self.assertNotIn("Đăng xuất", text, "buttons are not printed")

    def test_the_later_page_takes_an_answer_without_scripts(self):
        self.browser.delete_all_cookies()
        size(self.browser, *PHONE)
        self.browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
        try:
            self.open("/y/" + "a" * 32)
            self.browser.find_element(By.CSS_SELECTOR, "label[for=score-1]").click()
            self.browser.find_element(By.CSS_SELECTOR, "label[for=low-long-wait]").click()
            self.assertFalse(self.browser.find_element(
                By.CSS_SELECTOR, "label[for=high-gentle]").is_displayed())
            self.browser.find_element(By.NAME, "words").send_keys("<script>window.hacked=1</script>")
            self.browser.save_screenshot(str(SHOTS / "later-chosen.png"))
            self.browser.find_element(By.CSS_SELECTOR, "button").click()
            self.wait_for("Cảm ơn Ông/Bà")
            self.assertEqual(self.browser.get_cookies(), [])
        finally:
            self.browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})
            size(self.browser, *DESK)

    def test_the_later_pages_are_as_good_as_the_others(self):
        self.browser.delete_all_cookies()
        size(self.browser, *DESK)
        self.open("/y/" + "b" * 32)
        self.look("resident", "/y/open")


def this_year():
    """The address's fields for the year so far, in Vietnam."""
    today = datetime.now(timezone(timedelta(hours=7))).date()
    return f"from={today.year}-01-01&to={today}"


def kind_of(path):
    """The same for all pages of a kind: "/units/10750?from=…" and "/units/10756?from=…"."""
    path, _, query = path.partition("?")
    return re.sub(r"[0-9]+(@[^/]*)?", "#", path) + ("?from" if "from=" in query else "")


FILES = re.compile(r"\.(csv|xlsx|docx|pdf|json)(\?|$)|[?&]format=(csv|xlsx|docx|pdf|json)|^/api/")


def is_file(path):
    return FILES.search(path) is not None


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1] + sys.argv[5:], verbosity=2)
