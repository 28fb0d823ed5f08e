"""Ways to spoil a signed zone: each function gives back one that spoils it, damage(SignedZone)."""

import dns.name

from support.zone_keys import ENTRY_FLAG, ZONE_FLAG

ENTRY = ZONE_FLAG | ENTRY_FLAG


def all_of(*damages):
    def spoil(zone):
        for damage in damages:
            damage(zone)

    return spoil


# The delegation.


def signer(**fields):
    """Other fields in the DS at the parent."""

    def spoil(zone):
        zone.signers = [found.replace(**fields) for found in zone.signers]

    return spoil


def other_signer(**fields):
    """One more DS beside the good one."""

    def spoil(zone):
        zone.signers.append(zone.signers[0].replace(**fields))

    return spoil


def flipped_digest(zone):
    zone.signers = [found.replace(digest=_flipped(found.digest)) for found in zone.signers]


def signer_by_digest(number):
    def spoil(zone):
        zone.signers = [zone.entry_key.signer(zone.origin, number)]

    return spoil


def stranger_signs(zone):
    """The DS of a key that is not in the zone, though it could be."""
    stranger = zone.entry_key.changed(key=_flipped(zone.entry_key.record.key))
    zone.signers = [stranger.signer(zone.origin)]


def signer_at_child(zone):
    """The DS stands in the zone itself, and its parent has none."""
    zone.put("", "DS", zone.signers, ttl=3600)
    zone.sign("", "DS")
    zone.signers = []


def unsigned(zone):
    zone.unsign()


def no_signer(zone):
    zone.signers = []


# Signatures.


def signatures_dropped(zone):
    zone.drop_everywhere("RRSIG")


def signature_dropped(label, kind):
    return lambda zone: zone.drop_signatures(label, kind)


def signature_changed(label, kind, **fields):
    """Fields of the signature that its signer did not sign so."""
    return lambda zone: zone.change_signatures(label, kind, lambda found: found.replace(**fields))


def signature_flipped(label, kind):
    def flip(found):
        return found.replace(signature=_flipped(found.signature))

    return lambda zone: zone.change_signatures(label, kind, flip)


def signature_cut(label, kind):
    def cut(found):
        return found.replace(signature=found.signature[:-1])

    return lambda zone: zone.change_signatures(label, kind, cut)


def signature_tag(label, kind):
    """The tag of no key."""

    def change(found):
        return found.replace(key_tag=found.key_tag ^ 1)

    return lambda zone: zone.change_signatures(label, kind, change)


def signed_again(label, kind, **fields):
    """Signed by the right key, but with other fields."""
    return lambda zone: zone.sign(label, kind, **fields)


def signed_from_to(label, kind, start, end):
    """Signed for other days, counted from now."""

    def spoil(zone):
        times = zone.days(start), zone.days(end)
        zone.sign(label, kind, inception=times[0], expiration=times[1])

    return spoil


def signed_by_parent_name(label, kind):
    def spoil(zone):
        zone.sign(label, kind, signer=dns.name.from_text(zone.origin).parent())

    return spoil


def signed_by_name(label, kind, name):
    return lambda zone: zone.sign(label, kind, signer=zone.name(name))


def data_changed(label, kind, **fields):
    return lambda zone: zone.change(label, kind, **fields)


# Keys.


def keys_are(*choose):
    """The zone has these keys: functions of the zone; the first signs them."""

    def spoil(zone):
        chosen = [choice(zone) for choice in choose]
        zone.put("", "DNSKEY", [key.record for key in chosen])
        zone.sign("", "DNSKEY", chosen[0])

    return spoil


def entry(zone):
    return zone.entry_key


def worker(zone):
    return zone.zone_key


def entry_with(**fields):
    return lambda zone: zone.entry_key.changed(**fields)


def worker_with(**fields):
    return lambda zone: zone.zone_key.changed(**fields)


def worker_flipped(zone):
    return zone.zone_key.changed(key=_flipped(zone.zone_key.record.key))


def signer_of(choose):
    """The DS is that of one key."""

    def spoil(zone):
        zone.signers = [choose(zone).signer(zone.origin)]

    return spoil


def renumbered(algorithm):
    """Everything says that it is of another algorithm."""

    def spoil(zone):
        zone.renumber(algorithm)
        zone.signers = [zone.entry_key.changed(algorithm=algorithm).signer(zone.origin)]

    return spoil


# Denial.


def denial_dropped(zone):
    zone.drop_everywhere("NSEC", "NSEC3")


def nsec_dropped(label):
    return lambda zone: zone.drop(label, "NSEC")


def nsec_next(label, other):
    """The next name is another, and signed."""

    def spoil(zone):
        zone.change(label, "NSEC", next=zone.name(other))
        zone.sign(label, "NSEC")

    return spoil


def nsec_next_outside(label, name):
    """The next name is not one of this zone, and signed."""

    def spoil(zone):
        zone.change(label, "NSEC", next=dns.name.from_text(name))
        zone.sign(label, "NSEC")

    return spoil


def nsec_next_unsigned(label, other):
    return lambda zone: zone.change(label, "NSEC", next=zone.name(other))


def nsec3_dropped(label):
    """The record of a name, or that which denies it."""
    return lambda zone: zone.drop(zone.nsec3_of(label), "NSEC3")


def nsec3_fields(**fields):
    """All records have other parameters than those that their hashes were made with, and are signed so."""

    def spoil(zone):
        for label in zone.labels_with("NSEC3"):
            zone.change(label, "NSEC3", **fields)
            zone.sign(label, "NSEC3")

    return spoil


def nsec3_shifted(zone):
    """Every hash is another one; the records are signed again."""
    for label in zone.labels_with("NSEC3"):
        other = ("0" if label[0] != "0" else "1") + label[1:]
        zone.rename(label, other)
        zone.sign(other, "NSEC3")


def _flipped(data):
    """With its last bit the other way round."""
    return data[:-1] + bytes([data[-1] ^ 1])


