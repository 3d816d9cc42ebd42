import assert from "node:assert/strict";
import { isProxy, matchProxies } from "../../platform/trusted-proxy";

describe("a proxy that is believed", () => {
    it("is an address, a network or the name of some, and never everybody", () => {
        for (const right of ["192.0.2.1", "10.0.0.0/8", "2001:db8::/32", "::1", "loopback"])
            assert.ok(isProxy(right), right);
        for (const wrong of ["everybody", "10.0.0.0/33", "0.0.0.0/0", "10.0.0.0/8/8", "::/129", ""])
            assert.ok(!isProxy(wrong), wrong);
    });

    it("is found by the address that it connects from", () => {
        const isTrusted = matchProxies(["10.0.0.0/8", "192.0.2.1", "loopback", "2001:db8::/32", "linklocal"]);
        for (const address of ["10.9.8.7", "::ffff:10.9.8.7", "192.0.2.1", "127.0.0.5", "::1", "2001:db8:1::2"])
            assert.ok(isTrusted(address), address);
        assert.ok(isTrusted("fe80::1%eth0"));
        for (const address of ["11.0.0.1", "192.0.2.2", "::ffff:11.0.0.1", "2001:db9::1", "", undefined])
            assert.ok(!isTrusted(address), address);
        assert.ok(!matchProxies([])("127.0.0.1"));
    });
});
