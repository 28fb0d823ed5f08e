"""Damages DNS messages: what a broken or hostile peer could send, reproducible from a seed."""

NASTY_BYTES = (0x00, 0x01, 0x0C, 0x29, 0x3F, 0x40, 0x7F, 0x80, 0xC0, 0xC1, 0xFF)
MAX_DAMAGES = 4
COUNT_FIELDS = (4, 6, 8, 10)  # where the header holds its four counts


class Mutator:
    """Turns good messages into damaged ones; the same random.Random gives the same packets."""

    def __init__(self, random):
        self._random = random
        self._damages = (
            self._flip_bit,
            self._put_nasty_byte,
            self._cut,
            self._append_junk,
            self._repeat_slice,
            self._remove_slice,
            self._put_pointer,
            self._lie_about_count,
            self._change_flags,
            self._put_random_bytes,
        )

    def damaged(self, wire):
        """A damaged copy; never empty."""
        packet = bytearray(wire)
        for _ in range(self._random.randint(1, MAX_DAMAGES)):
            self._random.choice(self._damages)(packet)
            if not packet:
                packet.append(0)
        return bytes(packet)

    def _place(self, packet):
        return self._random.randrange(len(packet))

    def _flip_bit(self, packet):
        packet[self._place(packet)] ^= 1 << self._random.randrange(8)

    def _put_nasty_byte(self, packet):
        packet[self._place(packet)] = self._random.choice(NASTY_BYTES)

    def _cut(self, packet):
        del packet[self._place(packet) :]

    def _append_junk(self, packet):
        packet += self._random.randbytes(self._random.randint(1, 600))

    def _repeat_slice(self, packet):
        start, end = sorted((self._place(packet), self._place(packet)))
        packet[end:end] = packet[start:end]

    def _remove_slice(self, packet):
        start, end = sorted((self._place(packet), self._place(packet)))
        del packet[start:end]

    def _put_pointer(self, packet):
        at = self._place(packet)
        packet[at : at + 2] = bytes((0xC0 | self._random.randrange(64), self._random.randrange(256)))

    def _lie_about_count(self, packet):
        at = self._random.choice(COUNT_FIELDS)
        packet[at : at + 2] = self._random.choice((0, 1, 2, 255, 65535)).to_bytes(2, "big")

    def _change_flags(self, packet):
        packet[2:4] = self._random.randbytes(2)

    def _put_random_bytes(self, packet):
        at = self._place(packet)
        packet[at : at + 8] = self._random.randbytes(8)
