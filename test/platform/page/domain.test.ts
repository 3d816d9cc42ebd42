import assert from "node:assert/strict";
import { type DomainParts, domainPage } from "../../../platform/page/domain";

const parts = {
    organization: { id: 1, name: "Acme" },
    domain: {
        hostname: "www.acme.example",
        engaged: false,
        engaged_checked_at: null,
        application_id: 2,
        environment_name: "Production",
        claim: null,
    },
    https: { hostname: "www.acme.example" },
    applicationName: "www.acme.example",
    edgeDomain: "edge.example",
} as unknown as DomainParts;

describe("the page of a hostname", () => {
    it("promises a certificate only where there is an authority to order it from", () => {
        const wordsOf = (authority: string | undefined) => domainPage({ ...parts, authority }).body.text;
        assert.match(
            wordsOf(undefined),
            /None of its own\. This platform issues none, because no authority is set up: an admin can upload one\./,
        );
        assert.match(
            wordsOf("letsencrypt.org"),
            /None of its own yet\. The platform orders one from letsencrypt\.org once the hostname is live\./,
        );
    });
});
