"""Postfix believes TLSA records that Shirube says are authentic, and sends nothing where they are bogus."""

from support import case, sandbox
from support.mail_server import Certificate, MailServer
from support.postfix import postfix
from support.signed_levels import ordinary, world
from support.three_levels import authorities, resolvers
from support.waiting import until
from support.zone_signing import NSEC3, Recipe

MAIL_SERVER = "127.50.0.1"
SHIRUBE = "127.0.0.1"
BODY = f"""@ MX 10 mail
mail A {MAIL_SERVER}
_25._tcp.mail TLSA {{tlsa}}
"""


def tlsa_unsigned(zone):
    zone.drop_signatures("_25._tcp.mail", "TLSA")


def mail_world(certificate):
    made = world.founded()
    right, wrong = certificate.tlsa(), f"3 1 1 {'0' * 64}"
    for origin, tlsa, recipe, damage in (
        ("sound.alpha.", right, Recipe(), None),
        ("hashed.beta.", right, Recipe(denial=NSEC3), None),
        ("wrong.alpha.", wrong, Recipe(), None),
        ("bogus.alpha.", right, Recipe(), tlsa_unsigned),
        ("expired.alpha.", right, Recipe(start=-40, end=-10), None),
        ("plain.alpha.", wrong, None, None),
    ):
        ordinary.add(made, origin, world.NSD_ZONES, recipe, damage, BODY.format(tlsa=tlsa))
    return made


class Dane(case.TestCase):
    def setUp(self):
        certificate = Certificate("mail")
        made = mail_world(certificate)
        for server in authorities.served(made, {world.SIGNING_KNOT: made.sign_and_serve}):
            self.started(server)
        self.started(resolvers.serve_shirube(made, SHIRUBE))
        sandbox.resolv_conf(f"nameserver {SHIRUBE}\n")
        self.mail = self.started(MailServer(MAIL_SERVER, certificate))
        self.postfix = self.started(
            postfix("smtp_tls_security_level = dane\nsmtp_dns_support_level = dnssec\n")
        )

    def fate(self, domain):
        recipient = f"someone@{domain}"
        self.postfix.send(recipient)
        return until(lambda: self.postfix.fate(recipient), lambda: f"{domain}: {self.postfix.output()}")

    def tls(self, domain):
        return self.postfix.lines("TLS connection established to", f"mail.{domain}[")

    def test_mail_goes_where_tlsa_records_are_authentic_or_there_is_no_word_of_them(self):
        for domain in ("sound.alpha", "hashed.beta"):
            self.assertIn("status=sent", self.fate(domain))
            (line,) = self.tls(domain)
            self.assertIn("Verified TLS connection established", line)
            self.assertIn((f"someone@{domain}", True), self.mail.taken)
        # The record of an unsigned zone is nobody's word: encrypted, with whomever.
        self.assertIn("status=sent", self.fate("plain.alpha"))
        (line,) = self.tls("plain.alpha")
        self.assertNotIn("Verified", line)

    def test_mail_stays_where_they_are_bogus_or_of_another_certificate(self):
        for domain, why in (
            ("bogus.alpha", "TLSA lookup error"),
            ("expired.alpha", "Host or domain name not found"),
            ("wrong.alpha", "Server certificate not verified"),
        ):
            fate = self.fate(domain)
            self.assertIn("status=deferred", fate)
            self.assertIn(why, fate)
        self.assertEqual(self.mail.taken, [])


if __name__ == "__main__":
    case.main()
