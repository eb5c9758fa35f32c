"""Where a request came from, and where it was sent to. Addresses are never kept. No Streamlit."""

import re
from ipaddress import IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from urllib.parse import urlsplit

from starlette.requests import HTTPConnection

Proxies = tuple[IPv4Network | IPv6Network, ...]

_HOST = re.compile(r"[A-Za-z0-9._:\-\[\]]{1,260}")
_HERE = "127.0.0.1"
_HOME = 64
"""Bits of an IPv6 address that belong to one customer; the rest changes at will."""


def client_of(request: HTTPConnection, proxies: Proxies) -> str:
    """The address a request came from; what a proxy says counts only where it is one of ours."""
    host, port = (request.client.host, request.client.port) if request.client else ("", 0)
    # The server has taken an address from a header already if there is no port.
    nearest = host if port else _HERE
    return client_address(nearest, request.headers.get("x-forwarded-for", ""), proxies)


def client_address(nearest: str, forwarded: str, proxies: Proxies) -> str:
    """Who is behind our own proxies, by the `X-Forwarded-For` that these have added to."""
    hops = [nearest, *(hop.strip() for hop in reversed(forwarded.split(",")) if hop.strip())]
    for hop in hops:
        client = hop
        if not _within(hop, proxies):
            break
    return _shared(client)


def read_proxies(text: str) -> Proxies:
    """Addresses or networks, separated by commas or blanks; what is neither is left out."""
    found = []
    for part in text.replace(",", " ").split():
        try:
            found.append(ip_network(part, strict=False))
        except ValueError:
            continue
    return tuple(found)


def host_of(origin: str) -> str:
    """The host, and port, that an Origin header names; "" where it names none."""
    try:
        return urlsplit(origin).netloc
    except ValueError:
        return ""


def is_host(text: str) -> bool:
    """Whether a Host header names a host, with or without a port."""
    try:
        urlsplit(f"//{text}").port  # noqa: B018 - refuses what is no address or no port
    except ValueError:
        return False
    return bool(_HOST.fullmatch(text))


def _within(text: str, proxies: Proxies) -> bool:
    try:
        address = ip_address(text)
    except ValueError:
        return False
    return any(address in network for network in proxies if network.version == address.version)


def _shared(text: str) -> str:
    """One IPv6 home is one client."""
    try:
        address = ip_address(text)
    except ValueError:
        return text
    if isinstance(address, IPv6Address):
        return str(ip_network((address, _HOME), strict=False))
    return str(address)
