"""Where a webhook may lead, and where not."""

import pytest

from app.mail.endpoints import LONGEST, Endpoint, NotAllowed, is_public, read_endpoint


@pytest.mark.parametrize(
    ("url", "found"),
    [
        ("https://hooks.example.jp/shiome", Endpoint("hooks.example.jp", 443, "/shiome")),
        ("https://hooks.example.jp", Endpoint("hooks.example.jp", 443, "/")),
        ("HTTPS://Hooks.Example.JP:443/A?b=c%20d&e", Endpoint("hooks.example.jp", 443, "/A?b=c%20d&e")),
        ("https://xn--wgv71a119e.jp:8443/@me", Endpoint("xn--wgv71a119e.jp", 8443, "/@me")),
        ("https://a.xn--p1ai:65535/", Endpoint("a.xn--p1ai", 65535, "/")),
    ],
)
def test_allowed(url: str, found: Endpoint) -> None:
    assert read_endpoint(url) == found


@pytest.mark.parametrize(
    "url",
    [
        "", "http://hooks.example.jp/", "ftp://hooks.example.jp/", "//hooks.example.jp/", "hooks.example.jp", "https://",
        "https:///x", "https:/hooks.example.jp", "https://user@hooks.example.jp/", "https://user:word@hooks.example.jp/",
        "https://hooks.example.jp@127.0.0.1/", "https://hooks.example.jp\\@127.0.0.1/", "https://hooks.example.jp#@x.jp/",
        "https://hooks.example.jp/#part", "https://hooks.example.jp:22/", "https://hooks.example.jp:80/",
        "https://hooks.example.jp:0/", "https://hooks.example.jp:1024/", "https://hooks.example.jp:65536/",
        "https://hooks.example.jp:+443/", "https://hooks.example.jp:/", "https://localhost/", "https://localhost:8443/",
        "https://router/", "https://127.0.0.1/", "https://127.1/", "https://2130706433/", "https://0x7f.0.0.1/",
        "https://0x7f000001/", "https://0177.0.0.1/", "https://10.0.0.1:8443/", "https://8.8.8.8/", "https://[::1]/",
        "https://[::ffff:127.0.0.1]/", "https://a.0x7f/", "https://hooks.example.jp./", "https://.example.jp/",
        "https://hooks..example.jp/", "https://-a.example.jp/", "https://例え.jp/", "https://１２７.0.0.1/",
        "https://hooks.example.jp/a b", "https://hooks.example.jp/\r\nX: y", "https://hooks.example.jp/\n",
        "https://hooks.example.jp/\x00", "https://hooks.example.jp/{a}", " https://hooks.example.jp/",
        "https://hooks.example.jp?x", "https://hooks.example.jp/" + "a" * LONGEST, "https://shiome.example/",
        "https://SHIOME.example:8443/unsubscribe/x",
    ],
)  # fmt: skip
def test_refused(url: str) -> None:
    with pytest.raises(NotAllowed):
        read_endpoint(url, own="shiome.example")


def test_hosts_of_ones_own_network_are_named_one_by_one() -> None:
    assert read_endpoint("https://localhost:8443/", besides=("localhost",)).port == 8443
    for url in ("https://localhost:80/", "http://localhost/", "https://router/"):
        with pytest.raises(NotAllowed):
            read_endpoint(url, besides=("localhost",))


@pytest.mark.parametrize(
    "address", ["8.8.8.8", "133.242.0.3", "2400:4050::1", "2606:4700:4700::1111", "64:ff9b::808:808"]
)
def test_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "127.255.0.9", "0.0.0.0", "10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.0.1",  # noqa: S104
        "169.254.169.254", "100.64.0.1", "192.0.0.8", "192.88.99.1", "192.0.2.1", "198.18.0.1", "198.51.100.1", "203.0.113.9",
        "224.0.0.1", "239.255.255.250", "240.0.0.1", "255.255.255.255", "::", "::1", "::ffff:127.0.0.1", "::ffff:8.8.8.8",
        "::127.0.0.1", "::ffff:0:127.0.0.1", "64:ff9b::7f00:1", "64:ff9b::a00:1", "64:ff9b:1::1", "100::1", "2001::1",
        "2001:db8::1", "2002:7f00:1::", "2002:808:808::", "3fff::1", "5f00::1", "fc00::1", "fd12:3456::1", "fe80::1",
        "fe80::1%eth0", "2606:4700::1%eth0", "fec0::1", "ff02::1", "4000::1", "", "localhost", "127.1", "2130706433",
    ],
)  # fmt: skip
def test_not_public(address: str) -> None:
    assert not is_public(address)
