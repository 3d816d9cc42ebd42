import assert from "node:assert/strict";
import { refuseLive } from "../../../provider/lifecycle/live";

describe("what is live", () => {
    const settings = { endpoint: "https://a.example", token: "x", allowLiveDelete: false };
    const domain = (hostname: string, engaged?: boolean) => ({ hostname, zoneName: "acme.example", cname: "", engaged });
    const domains = [domain("a.acme.example", true), domain("b.acme.example", false), domain("c.acme.example"), domain("d.acme.example", true)];

    it("is named, and refused unless that is allowed", () => {
        assert.throws(
            () => refuseLive(settings, "1/2/Staging", domains),
            /^Problem: 1\/2\/Staging serves visitors under a\.acme\.example, d\.acme\.example\. Move the DNS away first/,
        );
        refuseLive({ ...settings, allowLiveDelete: true }, "1/2/Staging", domains);
        refuseLive(settings, "1/2/Staging", domains.slice(1, 3));
    });
});
