"""The pages on hosting: their nginx sends what they say it does, with the policy that the pages have."""

import re
import shutil
import socket
import subprocess
import time
from contextlib import contextmanager
from http.client import HTTPSConnection
from pathlib import Path
from ssl import create_default_context

import pytest

from diaoyan.content_policy import DIRECTIVES
from diaoyan.paths import ROOT

PAGES = ("docs/hosting.md", "docs/hosting.zh-CN.md")
needs_nginx = pytest.mark.skipif(not shutil.which("nginx"), reason="nginx is not installed here")
needs_openssl = pytest.mark.skipif(not shutil.which("openssl"), reason="there is nothing to make a certificate with")
MIME_TYPES = "types { text/html html; text/css css; application/javascript js; application/json json; image/png png; }"


def block(page):
    """The configuration of nginx that a page gives."""
    return re.search(r"```nginx\n(.*?)```", (ROOT / page).read_text(encoding="utf-8"), re.DOTALL)[1]


def uncommented(configuration):
    """The lines of a configuration that are no comments."""
    return [line for line in configuration.splitlines() if not line.lstrip().startswith("#")]


@pytest.mark.parametrize("page", PAGES)
def test_the_policy_is_that_of_the_pages_and_lets_nobody_frame_them(page):
    # Which style a page may have in itself it says itself.
    styles = f"{DIRECTIVES['style-src']} 'unsafe-inline'"
    directives = {**DIRECTIVES, "style-src": styles, "frame-ancestors": "'none'"}
    sent = re.search(r'~\^text/html\s+"([^"]*)"', block(page))[1]
    assert sent == "; ".join(f"{name} {sources}" for name, sources in directives.items())


def test_both_pages_give_the_same_configuration():
    english, chinese = (uncommented(block(page)) for page in PAGES)
    assert english == chinese
    assert len(english) > 40


@pytest.mark.parametrize(("page", "other"), [("README.md", "hosting.md"), ("README.zh-CN.md", "hosting.zh-CN.md")])
def test_the_pages_are_found_from_the_readme(page, other):
    assert f"docs/{other}" in (ROOT / page).read_text(encoding="utf-8")


def places(folder):
    """Where nginx may keep what it is sent, and nothing of who has asked for what."""
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    return "\n".join(["access_log off;", *(f"{kind}_temp_path {folder / kind};" for kind in kinds)])


@contextmanager
def served(folder, work):
    """nginx as the page says, but for its places: gives a function that asks it for a path."""
    key, certificate, configuration = (work / name for name in ("key.pem", "certificate.pem", "nginx.conf"))
    subject = ["-subj", "/CN=reports.example.org", "-addext", "subjectAltName=IP:127.0.0.1"]
    made = ["-newkey", "rsa:2048", "-nodes", "-keyout", key, "-out", certificate, "-days", "2"]
    subprocess.run(["openssl", "req", "-x509", *made, *subject], check=True, capture_output=True)
    with socket.socket() as some:
        some.bind(("127.0.0.1", 0))
        port = some.getsockname()[1]
    mime_types = work / "mime.types"
    mime_types.write_text(MIME_TYPES)
    text = block(PAGES[0])
    for old, new in (
        ("/etc/ssl/certs/reports.example.org.pem", str(certificate)),
        ("/etc/ssl/private/reports.example.org.key", str(key)),
        ("/etc/nginx/mime.types", str(mime_types)),
        ("/srv/reports/current", str(folder)),
        ("listen 443 ssl;", f"listen 127.0.0.1:{port} ssl;"),
        ("    listen [::]:443 ssl;\n", ""),
    ):
        assert text.count(old) == 1
        text = text.replace(old, new)
    # The server that only sends to the other one has the port of the system.
    start = text.index("server {")
    text = text[:start] + text[text.index("server {", start + 1) :]
    http = f"{places(work)}\n{text}"
    head = f"daemon off;\nmaster_process off;\npid {work / 'pid'};\nerror_log {work / 'error.log'};\nevents {{}}\n"
    configuration.write_text(f"{head}http {{\n{http}\n}}\n")
    command = ["nginx", "-c", configuration]
    subprocess.run([*command, "-t"], check=True, capture_output=True)
    context = create_default_context(cafile=certificate)

    def ask(path, method="GET", **headers):
        connection = HTTPSConnection("127.0.0.1", port, context=context, timeout=10)
        connection.request(method, path, headers=headers)
        answer = connection.getresponse()
        return answer.status, dict(answer.headers), answer.read()

    process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    try:
        until = time.monotonic() + 10
        while True:
            try:
                ask("/")
                break
            except OSError:
                assert time.monotonic() < until
                time.sleep(0.05)
        yield ask
    finally:
        process.terminate()
        process.wait()


@pytest.fixture
def published(tmp_path):
    """A site of a few files."""
    folder = tmp_path / "site"
    files = {
        "index.html": "<p>安阳</p>" * 200,
        "book/index.html": "<p>一</p>",
        "book/notebooks/data.ipynb": "{}",
        "book/data.csv": "数值\n",
        "book/objects.inv": "x",
        "book/a.js": "1",
    }
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(content, encoding="utf-8")
    return folder


@needs_nginx
@needs_openssl
def test_nginx_sends_each_file_with_its_type_its_policy_and_how_long_it_is_kept(published, tmp_path):
    work = tmp_path / "nginx"
    work.mkdir()
    with served(published, work) as ask:
        status, headers, _ = ask("/")
        assert status == 200
        assert headers["Content-Type"] == "text/html; charset=utf-8"
        assert headers["Content-Security-Policy"].startswith("default-src 'none'; script-src 'self'; ")
        assert headers["Cache-Control"] == "no-cache"
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "same-origin"
        assert headers["Permissions-Policy"].startswith("camera=()")
        assert headers["Strict-Transport-Security"] == "max-age=31536000"
        assert headers["Server"] == "nginx"
        types = {
            "/book/notebooks/data.ipynb": "application/x-ipynb+json; charset=utf-8",
            "/book/data.csv": "text/csv; charset=utf-8",
            "/book/objects.inv": "application/octet-stream",
            "/book/a.js": "application/javascript; charset=utf-8",
        }
        for path, kind in types.items():
            _, headers, _ = ask(path)
            assert headers["Content-Type"] == kind
            assert headers["Content-Security-Policy"] == "frame-ancestors 'none'"
        assert ask("/book/a.js?v=0123")[1]["Cache-Control"] == "public, max-age=31536000, immutable"
        assert ask("/", **{"Accept-Encoding": "gzip"})[1]["Content-Encoding"] == "gzip"
        # A book is found by its folder, with the bar at its end that its links rest on.
        assert ask("/book/")[2].decode() == "<p>一</p>"
        status, headers, _ = ask("/book")
        assert (status, headers["Location"]) == (301, "/book/")
        # What has no page of its own is not listed.
        status, headers, _ = ask("/book/notebooks/")
        assert (status, headers["X-Content-Type-Options"]) == (403, "nosniff")
        status, headers, _ = ask("/book/no-such-file.js?v=0123")
        # One that is missing may come.
        assert (status, headers.get("Cache-Control")) == (404, None)
        assert ask("/", "POST")[0] == 403
        assert ask("/book/a.js", **{"If-None-Match": ask("/book/a.js")[1]["ETag"]})[0] == 304


@pytest.mark.parametrize("page", PAGES)
def test_what_the_lines_for_a_subfolder_name_is_kept_with_them(page):
    text = (ROOT / page).read_text(encoding="utf-8")
    (told,) = (each for each in text.split("\n\n") if "https://example.org/reports/" in each)
    start, end = (block(page).index(line) for line in ("    include /etc/nginx", "    location / {"))
    # Those that nginx itself does not have.
    named = set(re.findall(r"add_header \S+ \$(\w+)", block(page)[start:end]))
    assert named == set(re.findall(r"^map \S+ \$(\w+)", block(page), re.MULTILINE))
    assert "`map`" in told


@needs_nginx
def test_nginx_takes_the_lines_for_a_subfolder(published, tmp_path):
    text = block(PAGES[0])
    maps = text[: text.index("server {")]
    start, end = text.index("    include /etc/nginx/mime.types;"), text.index("    location / {")
    mime_types, configuration = tmp_path / "mime.types", tmp_path / "nginx.conf"
    mime_types.write_text(MIME_TYPES)
    lines = text[start:end].replace("/etc/nginx/mime.types", str(mime_types))
    location = f"location /reports/ {{ alias {published}/;\n{lines}}}"
    head = f"pid {tmp_path / 'pid'};\nerror_log {tmp_path / 'error.log'};\nevents {{}}\n"
    http = f"{places(tmp_path)}\n{maps}\nserver {{ listen 127.0.0.1:8;\n{location} }}"
    configuration.write_text(f"{head}http {{\n{http}\n}}\n")
    subprocess.run(["nginx", "-t", "-c", configuration], check=True, capture_output=True)


def test_the_release_checklist_has_ten_lines_at_most():
    lines = Path(ROOT / "docs/release.md").read_text(encoding="utf-8").splitlines()
    steps = [line for line in lines if re.match(r"\d+\. ", line)]
    assert 5 <= len(steps) <= 10
    assert [line for line in lines if line and not line.startswith("#")] == steps
