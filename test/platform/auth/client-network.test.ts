import assert from "node:assert/strict";
import { networkOf } from "../../../platform/auth/client-network";

describe("the network of a client", () => {
    it("is an IPv4 address, however it is written", () => {
        assert.deepEqual(
            ["192.0.2.1", "::ffff:192.0.2.1", "::FFFF:192.0.2.1"].map(networkOf),
            Array(3).fill("192.0.2.1"),
        );
    });

    it("is the first half of an IPv6 address, however it is written", () => {
        const same = [
            "2001:db8:1:2:3:4:5:6",
            "2001:0DB8:0001:0002::",
            "2001:db8:1:2::9",
            "2001:db8:1:2:ffff:ffff:ffff:ffff",
        ];
        assert.deepEqual(same.map(networkOf), Array(4).fill("2001:db8:1:2::/64"));
        assert.deepEqual(["::1", "fe80::1%eth0", "2001:db8::1", "2001:db8:0:1::"].map(networkOf), [
            "0:0:0:0::/64",
            "fe80:0:0:0::/64",
            "2001:db8:0:0::/64",
            "2001:db8:0:1::/64",
        ]);
    });

    it("is something for every text that may come instead of an address", () => {
        assert.deepEqual([undefined, "", "unknown", "1.2.3", "1::2::3"].map(networkOf), [
            "",
            "",
            "unknown",
            "1.2.3",
            "1::2::3",
        ]);
    });
});
