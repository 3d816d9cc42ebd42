import assert from "node:assert/strict";
import { isProxy } from "../../platform/trusted-proxy";

describe("a proxy that is believed", () => {
    it("is an address, a network or the name of some, and never everybody", () => {
        for (const right of ["192.0.2.1", "10.0.0.0/8", "2001:db8::/32", "::1", "loopback"])
            assert.ok(isProxy(right), right);
        for (const wrong of ["everybody", "10.0.0.0/33", "0.0.0.0/0", "10.0.0.0/8/8", "::/129", ""])
            assert.ok(!isProxy(wrong), wrong);
    });
});
