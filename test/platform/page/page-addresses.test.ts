import assert from "node:assert/strict";
import * as address from "../../../platform/page/page-addresses";

describe("addresses of pages", () => {
    it("are those of the API without its root", () => {
        const site = { accountId: 1, applicationId: 2 };
        assert.equal(address.environmentAddress(site, "Staging"), "/account/1/application/2/environment/Staging");
        assert.equal(address.membersAddress(1), "/account/1/user");
        assert.equal(address.domainsAddress(1), "/account/1/domains");
        assert.equal(address.commitAddress(site, "abc"), "/account/1/application/2/commit/abc");
        assert.equal(address.comparisonAddress(site, "A", "B"), "/account/1/application/2/compare/A/B");
    });

    it("never lead away, whatever a name is", () => {
        for (const name of [
            "//evil.example",
            "https://evil.example",
            "../../..",
            "a?b#c",
            "javascript:alert(1)",
            '"><script>',
        ]) {
            const { origin, pathname, search, hash } = new URL(address.domainAddress(1, name), "http://here");
            assert.deepEqual([origin, search, hash], ["http://here", "", ""]);
            assert.ok(pathname.startsWith("/account/1/domain/"), pathname);
        }
        assert.equal(
            address.fileAddress({ accountId: 1, applicationId: 2 }, "Staging", "a b/ü?.txt"),
            "/account/1/application/2/environment/Staging/file/a%20b/%C3%BC%3F.txt",
        );
    });
});
