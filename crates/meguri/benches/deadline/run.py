#!/usr/bin/env python3
"""The last hour of a deadline: many people save every two seconds, then send.

What is measured and why: docs/benchmarks.md.

    crates/meguri/benches/deadline/run.py MEGURI PAPER [PEOPLE] [SECONDS] [DATABASE]

MEGURI is the program, PAPER an evaluation paper with at least as many sheets as PEOPLE (200), of which
a cycle is opened; DATABASE is where it is kept (a file of its own, or a postgres:// address of an empty
database). Everybody has a sheet of their own and a section of their own.
"""

import html
import http.client
import json
import os
import re
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse

PASSWORD = "yuki no asa no densha"


def main():
    program, paper = sys.argv[1], sys.argv[2]
    people = int(sys.argv[3]) if len(sys.argv) > 3 else 200
    seconds = float(sys.argv[4]) if len(sys.argv) > 4 else 30.0
    folder = tempfile.mkdtemp(prefix="deadline-")
    database = sys.argv[5] if len(sys.argv) > 5 else os.path.join(folder, "deadline.sqlite")
    config = os.path.join(folder, "meguri.toml")
    with open(config, "w", encoding="utf-8") as file:
        file.write(
            f'database = "{database}"\naddress = "127.0.0.1:18080"\n'
            'internal_address = "127.0.0.1:18081"\noperations_address = "off"\nlog_level = "warn"\n'
        )
    run(program, "import", paper, "--config", config, "--municipality", "131016", "--name", "みずほ野市")
    server = subprocess.Popen([program, "serve", "--config", config], stdout=subprocess.DEVNULL)
    try:
        wait()
        measure(program, config, people, seconds, server.pid)
    finally:
        server.terminate()
        server.wait()


def run(*words):
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    if done.returncode > 1:
        sys.exit(f"{words}: {done.stdout}{done.stderr}")
    return done.stdout


def wait():
    for _ in range(300):
        try:
            Browser().get("/sign-in")
            return
        except OSError:
            time.sleep(0.2)
    sys.exit("the server does not answer")


class Browser:
    """One person's browser: a cookie and a connection that stays open."""

    def __init__(self):
        self.cookie = ""
        self.connection = http.client.HTTPConnection("127.0.0.1", 18081, timeout=30)

    def ask(self, method, path, body=None):
        headers = {"Origin": "http://127.0.0.1:18081", "Cookie": self.cookie}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        for attempt in range(2):
            try:
                self.connection.request(method, path, body, headers)
                answer = self.connection.getresponse()
                text = answer.read().decode()
                break
            except (http.client.HTTPException, ConnectionError):
                # The server closes connections that were not used for a while.
                self.connection.close()
                if attempt:
                    raise
        for key, value in answer.getheaders():
            if key.lower() == "set-cookie":
                self.cookie = value.split(";")[0]
        return answer.status, answer.getheader("Location") or "", text

    def get(self, path):
        return self.ask("GET", path)

    def post(self, path, fields):
        return self.ask("POST", path, urllib.parse.urlencode(fields))

    def sign_in(self, name, start):
        self.post("/sign-in", [("name", name), ("password", start), ("to", "/")])
        fields = [("new-password", PASSWORD), ("new-password-again", PASSWORD)]
        status, _, text = self.post("/account/password", fields)
        if status != 303:
            sys.exit(f"{name}: {status} {text[:500]}")


def register(program, config, name, role):
    out = run(program, "user", "add", name, "--label", name, "--role", role, "--config", config)
    return re.search(r"パスワード：(\S+)", out).group(1)


def measure(program, config, people, seconds, pid):
    planning = Browser()
    planning.sign_in("planning", register(program, config, "planning", "政策課"))
    _, _, page = planning.get("/cycles")
    document = re.search(r'<option value="(\d+)"', page).group(1)
    year = re.search(r'inputmode="numeric" value="(\d+)"', page).group(1)
    began = time.monotonic()
    status, desk, text = planning.post("/cycles", [("from", document), ("year", year)])
    if status != 303:
        sys.exit(f"the cycle does not open: {status} {text[:800]}")
    print(f"opened in {time.monotonic() - began:.2f} s")
    sheets, page_at = [], desk
    while page_at:
        began = time.monotonic()
        _, _, text = planning.get(page_at)
        spent = time.monotonic() - began
        sheets += re.findall(r'name="sheet" value="(\d+)"[^>]*>.*?data-label="課">([^<]*)<', text)
        more = re.search(r'<a href="([^"]*)">次の', text)
        page_at = html.unescape(more.group(1)) if more else ""
    print(f"desk: {len(sheets)} sheets, last page {spent * 1000:.0f} ms, {len(text.encode())} bytes")
    browsers = []
    for number in range(people):
        sheet, section = sheets[number % len(sheets)]
        browser = Browser()
        name = f"p{number}"
        browser.sign_in(name, register(program, config, name, f"所管課={html.unescape(section)}"))
        browsers.append((browser, f"{desk}/sheets/{sheet}"))
    print(f"{people} people are in")
    times, faults, kept = [], [], {}
    lock = threading.Lock()

    def write(number, browser, address):
        end, last, turn = time.monotonic() + seconds, "", 0
        time.sleep(2.0 * number / people)
        while time.monotonic() < end:
            text = f"{number}番の人の{turn}回目の文。" + "あ" * (turn % 200)
            field = f"text.outcomes"
            began = time.monotonic()
            fields = [(field, text), (f"was.{field}", last)]
            status, _, answer = browser.post(address + "/autosave", fields)
            spent = time.monotonic() - began
            with lock:
                times.append(spent)
                if status != 200:
                    faults.append((status, answer[:200]))
                else:
                    kept[(address, number)] = text
            last, turn = text, turn + 1
            time.sleep(max(0.0, 2.0 - spent))

    threads = [
        threading.Thread(target=write, args=(number, browser, address))
        for number, (browser, address) in enumerate(browsers)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    times.sort()
    at = lambda share: times[min(len(times) - 1, int(len(times) * share))] * 1000
    print(
        f"{len(times)} saves, {len(times) / seconds:.0f} a second: median {at(0.5):.0f} ms, "
        f"p95 {at(0.95):.0f} ms, p99 {at(0.99):.0f} ms, faults {len(faults)} {faults[:3]}"
    )
    lost = 0
    for number, (browser, address) in enumerate(browsers):
        _, _, page = browser.get(address)
        lost += html.escape(kept.get((address, number), "")) not in page and len(sheets) >= people
    with open(f"/proc/{pid}/status", encoding="utf-8") as file:
        memory = re.search(r"VmHWM:\s+(\d+)", file.read()).group(1)
    print(f"lost {lost}; memory at most {int(memory) // 1024} MB")
    print(json.dumps({"verify": run(program, "audit", "verify", "--config", config).split("\n")[0]}, ensure_ascii=False))


main()
