"""A mail server with a certificate of its own making: takes every message, after STARTTLS or without it."""

import contextlib
import datetime
import hashlib
import socketserver
import ssl
import threading

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from support import sandbox

PORT = 25
_LINE_LIMIT = 4096


class Certificate:
    """Self-signed, with its key in the same file."""

    def __init__(self, name):
        key = ec.generate_private_key(ec.SECP256R1())
        subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
        now = datetime.datetime.utcnow()
        certificate = (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(subject)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - datetime.timedelta(days=1))
            .not_valid_after(now + datetime.timedelta(days=30))
            .sign(key, hashes.SHA256())
        )
        form, plain = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        pem = serialization.Encoding.PEM
        self.path = sandbox.fresh_path("certificate.pem")
        self.path.write_bytes(key.private_bytes(pem, form, plain) + certificate.public_bytes(pem))
        public = key.public_key().public_bytes(
            serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
        )
        self.digest = hashlib.sha256(public).hexdigest()

    def tlsa(self):
        """The data of its TLSA record: DANE-EE, public key, SHA-256 (RFC 7672 section 3.1)."""
        return f"3 1 1 {self.digest}"


class _Session(socketserver.StreamRequestHandler):
    def handle(self):
        self._encrypted = False
        # Who does not like the certificate just goes.
        with contextlib.suppress(OSError):
            self._talk()

    def _talk(self):
        self._say("220 ready")
        while line := self.rfile.readline(_LINE_LIMIT):
            verb = line.decode(errors="replace").strip().upper()
            if verb.startswith("RCPT TO:"):
                self._recipient = line.decode().partition("<")[2].partition(">")[0]
            if verb == "QUIT":
                self._say("221 bye")
                return
            {"EHLO": self._greet, "STARTTLS": self._encrypt, "DATA": self._take}.get(
                verb.partition(" ")[0], self._agree
            )()

    def _say(self, text):
        self.wfile.write(text.encode() + b"\r\n")

    def _agree(self):
        self._say("250 fine")

    def _greet(self):
        self._say("250 ready" if self._encrypted else "250-ready\r\n250 STARTTLS")

    def _encrypt(self):
        self._say("220 go on")
        self.connection = self.server.context.wrap_socket(self.connection, server_side=True)
        self.rfile, self.wfile = self.connection.makefile("rb"), self.connection.makefile("wb", buffering=0)
        self._encrypted = True

    def _take(self):
        self._say("354 tell")
        while (line := self.rfile.readline(_LINE_LIMIT)) and line.strip() != b".":
            pass
        self.server.taken.append((self._recipient, self._encrypted))
        self._say("250 taken")


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True


class MailServer:
    """Listens at once; `taken` are the messages so far: (recipient, was it encrypted)."""

    def __init__(self, address, certificate):
        self._server = _Server((address, PORT), _Session)
        self._server.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._server.context.load_cert_chain(certificate.path)
        self._server.taken = self.taken = []
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def stop(self):
        self._server.shutdown()
        self._server.server_close()
