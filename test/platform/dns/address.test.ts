import assert from "node:assert/strict";
import { isPublicAddress } from "../../../platform/dns/address";

describe("addresses", () => {
    it("of private, loopback, link-local and reserved networks are not public", () => {
        for (const address of [
            "10.1.2.3",
            "127.0.0.1",
            "169.254.169.254",
            "172.31.255.255",
            "192.168.0.1",
            "100.64.0.1",
            "0.0.0.0",
            "224.0.0.1",
            "255.255.255.255",
        ])
            assert.equal(isPublicAddress(address), false, address);
        for (const address of ["8.8.8.8", "172.32.0.1", "100.128.0.1", "192.0.2.1"])
            assert.equal(isPublicAddress(address), true, address);
        for (const text of ["::1", "localhost", "", "10.0.0.1.example"])
            assert.equal(isPublicAddress(text), false, text);
    });
});
