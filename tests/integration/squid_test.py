"""Squid fetches a page by name through Shirube, led there by squid.conf and by `nameserver 0.0.0.0`.

The page's host has an A record that works and an AAAA record that leads nowhere, on a host without IPv6.
"""

import http.server
import threading
import urllib.error
import urllib.request

from support import case, sandbox, servers, zones
from support.shirube import PRESETS, Shirube, answers_anything, preset_overrides

PAGE = b"a page behind Squid\n"
LISTEN = ("127.0.0.1:53", "[::1]:53")


class Page(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Length", str(len(PAGE)))
        self.end_headers()
        self.wfile.write(PAGE)

    def log_message(self, *_):
        pass


class WebServer:
    name = "web server"

    def __init__(self):
        self._server = http.server.ThreadingHTTPServer((zones.WEB_SERVER, 80), Page)
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def stop(self):
        self._server.shutdown()
        self._server.server_close()


def through_squid(url):
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({"http": "http://127.0.0.1:3128"}))
    with opener.open(url, timeout=60) as reply:
        return reply.read()


def squid_page(name):
    """One of Squid's own report pages."""
    with urllib.request.urlopen(f"http://127.0.0.1:3128/squid-internal-mgr/{name}", timeout=20) as reply:
        return reply.read().decode()


class Squid(case.TestCase):
    @classmethod
    def setUpClass(cls):
        sandbox.run("ip", "address", "add", f"{zones.WEB_SERVER}/32", "dev", "lo")

    def setUp(self):
        self.started(servers.nsd())
        self.started(WebServer())
        preset = (PRESETS / "squid.toml").read_text()
        server = self.started(Shirube(preset, *preset_overrides(["127.0.0.2"], LISTEN)))
        server.ready(answers_anything)

    def fetches(self, name_server):
        self.assertEqual(through_squid("http://web.dual.example/"), PAGE)
        report = squid_page("idns")
        self.assertIn(name_server, report)
        addresses = [line for line in squid_page("ipcache").splitlines() if "web.dual.example" in line]
        self.note(f"Squid asked {name_server}; its address cache: {addresses}")
        self.assertIn(zones.WEB_SERVER, squid_page("ipcache"))
        self.assertNotIn("2001:db8:dead::10", squid_page("ipcache"), "an address that this host cannot reach")

    def test_dns_nameservers_in_squid_conf(self):
        self.started(servers.squid("dns_nameservers 127.0.0.1"))
        self.fetches("127.0.0.1")

    def test_wildcard_name_server_in_resolv_conf(self):
        sandbox.resolv_conf("nameserver 0.0.0.0\n")
        self.started(servers.squid())
        self.fetches("::1")

    def test_missing_host_is_told_at_once(self):
        self.started(servers.squid("dns_nameservers 127.0.0.1"))
        with self.assertRaises(urllib.error.HTTPError):
            through_squid("http://absent.dual.example/")
        negative = [
            line for line in squid_page("ipcache").splitlines() if line.startswith(" absent.dual.example")
        ]
        self.assertEqual(
            [line.split()[1] for line in negative], ["N"], "Squid knows that there is no such host"
        )


if __name__ == "__main__":
    case.main()
