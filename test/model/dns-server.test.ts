import assert from "node:assert/strict";
import { isDnsServer } from "../../model/dns-server";

describe("a DNS server", () => {
    it("is named by its address, with or without a port", () => {
        for (const server of ["192.0.2.53", "192.0.2.53:5353", "2001:db8::53", "[2001:db8::53]:5353"])
            assert.equal(isDnsServer(server), true, server);
        for (const wrong of [
            "dns.example",
            "zzz",
            "",
            "192.0.2.400",
            "192.0.2.53:x",
            "192.0.2.53:99999",
            "[::1]:0",
            "[::1]x",
        ])
            assert.equal(isDnsServer(wrong), false, wrong);
    });
});
