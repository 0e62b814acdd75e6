import { describe, expect, test } from "vitest";
import { clientOf, createProxyTrust } from "../../../src/serve/node/proxies.js";

const trust = createProxyTrust(["10.0.0.0/8", "192.0.2.7", " 2001:db8::/32 ", "::1"]);

describe("a list of proxies", () => {
  test.each([
    "10.0.0.1",
    "10.255.255.255",
    "::ffff:10.0.0.1",
    "192.0.2.7",
    "2001:db8::5",
    "2001:DB8:0::5",
    "::1",
  ])("trusts %s", (address) => {
    expect(trust.isTrusted(address)).toBe(true);
  });

  test.each(["11.0.0.1", "192.0.2.8", "2001:db9::5", "127.0.0.1", "unknown", ""])(
    "does not trust %s",
    (address) => {
      expect(trust.isTrusted(address)).toBe(false);
    },
  );

  test.each([
    "",
    "proxy",
    "10.0.0.0/33",
    "10.0.0.0/",
    "10.0.0.0/-1",
    "10.0.0.0/8/8",
    "2001:db8::/129",
    "10.0.0",
    "10.0.0.1:80",
  ])("%j is refused", (proxy) => {
    expect(() => createProxyTrust([proxy])).toThrow(
      expect.objectContaining({ code: "proxy-invalid", message: expect.stringContaining(`"${proxy}"`) }),
    );
  });

  test("may be empty", () => {
    expect(createProxyTrust([]).isTrusted("127.0.0.1")).toBe(false);
  });
});

type Forwarded = Readonly<Record<string, string>>;

function clientBehind(remoteAddress: string, headers: Forwarded): ReturnType<typeof clientOf> {
  return clientOf({ headers: { host: "feed", ...headers }, socket: { remoteAddress } }, trust);
}

describe("a client is found", () => {
  test.each<[how: string, peer: string, headers: Forwarded, address: string]>([
    ["by its connection", "203.0.113.9", {}, "203.0.113.9"],
    ["by its connection, as IPv4", "::ffff:203.0.113.9", {}, "203.0.113.9"],
    ["by its connection, whatever it says", "203.0.113.9", { "x-forwarded-for": "10.0.0.1" }, "203.0.113.9"],
    ["behind a proxy", "10.0.0.1", { "x-forwarded-for": "203.0.113.9" }, "203.0.113.9"],
    ["behind two proxies", "10.0.0.1", { "x-forwarded-for": "203.0.113.9, 10.0.0.2" }, "203.0.113.9"],
    [
      "whatever it says itself",
      "10.0.0.1",
      { "x-forwarded-for": "10.9.9.9, 1.1.1.1, 203.0.113.9" },
      "203.0.113.9",
    ],
    ["among proxies only", "10.0.0.1", { "x-forwarded-for": "10.0.0.3,10.0.0.2" }, "10.0.0.3"],
    ["with a port", "10.0.0.1", { "x-forwarded-for": "203.0.113.9:4711" }, "203.0.113.9"],
    ["with an IPv6 address and a port", "::1", { "x-forwarded-for": "[2001:db9::1]:80" }, "2001:db9::1"],
    [
      "not behind what is no address",
      "10.0.0.1",
      { "x-forwarded-for": "203.0.113.9, unknown, 10.0.0.2" },
      "10.0.0.2",
    ],
    ["by its proxy where nothing is said", "10.0.0.1", { "x-forwarded-for": "" }, "10.0.0.1"],
  ])("%s", (_how, peer, headers, address) => {
    expect(clientBehind(peer, headers).address).toBe(address);
  });

  test.each<[what: string, peer: string, headers: Forwarded, protocol: string, host: string]>([
    ["nobody", "203.0.113.9", { "x-forwarded-proto": "https", "x-forwarded-host": "evil" }, "http", "feed"],
    [
      "a proxy",
      "10.0.0.1",
      { "x-forwarded-proto": "HTTPS", "x-forwarded-host": "nuget.example.com:8443" },
      "https",
      "nuget.example.com:8443",
    ],
    ["a proxy that says nothing", "10.0.0.1", {}, "http", "feed"],
    [
      "a proxy about odd things",
      "10.0.0.1",
      { "x-forwarded-proto": "ftp", "x-forwarded-host": "a/b?c" },
      "http",
      "feed",
    ],
    ["a proxy about a port that cannot be", "10.0.0.1", { "x-forwarded-host": "a:99999" }, "http", "feed"],
    [
      "a proxy with an IPv6 host",
      "10.0.0.1",
      { "x-forwarded-host": "[2001:db8::1]:80" },
      "http",
      "[2001:db8::1]:80",
    ],
    [
      "the same of two proxies as the address",
      "10.0.0.1",
      {
        "x-forwarded-for": "evil, 203.0.113.9, 10.0.0.2",
        "x-forwarded-proto": "http, https, http",
        "x-forwarded-host": "evil, good, inner",
      },
      "https",
      "good",
    ],
  ])("and %s is believed about protocol and host", (_what, peer, headers, protocol, host) => {
    expect(clientBehind(peer, headers)).toMatchObject({ protocol, host });
  });
});
