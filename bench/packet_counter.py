"""Counts the packets that go to a network, exactly and cheaply: the kernel counts, nobody reads them."""

import ctypes
import ipaddress
import socket
import struct

SO_ATTACH_FILTER = 26
SOL_PACKET, PACKET_STATISTICS = 263, 6
ETH_P_IP = 0x0800
IPPROTO_OFFSET, DESTINATION_OFFSET = 9, 16
# Opcodes of the classic packet filter.
LOAD_WORD, LOAD_OCTET, AND, JUMP_IF_EQUAL, RETURN = 0x20, 0x30, 0x54, 0x15, 0x06


class _Program(ctypes.Structure):
    _fields_ = [("length", ctypes.c_ushort), ("code", ctypes.c_void_p)]


def _filter(network):
    """UDP and TCP to `network`; ICMP, say of a late reply to a closed socket, is no question."""
    network = ipaddress.ip_network(network)
    return [
        (LOAD_WORD, 0, 0, DESTINATION_OFFSET),
        (AND, 0, 0, int(network.netmask)),
        (JUMP_IF_EQUAL, 0, 4, int(network.network_address)),
        (LOAD_OCTET, 0, 0, IPPROTO_OFFSET),
        (JUMP_IF_EQUAL, 1, 0, socket.IPPROTO_UDP),
        (JUMP_IF_EQUAL, 0, 1, socket.IPPROTO_TCP),
        (RETURN, 0, 0, 1),
        (RETURN, 0, 0, 0),
    ]


class PacketCounter:
    """Of what arrives on loopback. Needs root."""

    def __init__(self, network):
        self._link = socket.socket(socket.AF_PACKET, socket.SOCK_DGRAM, 0)
        # The least there is: what finds no room is counted all the same.
        self._link.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1)
        code = _filter(network)
        words = ctypes.create_string_buffer(b"".join(struct.pack("HBBI", *word) for word in code))
        program = _Program(len(code), ctypes.addressof(words))
        self._link.setsockopt(socket.SOL_SOCKET, SO_ATTACH_FILTER, bytes(program))
        self._link.bind(("lo", ETH_P_IP))

    def take(self):
        """Packets since the last call."""
        seen, _ = struct.unpack("II", self._link.getsockopt(SOL_PACKET, PACKET_STATISTICS, 8))
        return seen
