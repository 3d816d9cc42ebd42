import assert from "node:assert/strict";
import { Client } from "../../../../client/client";
import { attachDomain } from "../../../../client/domains";
import { readFeatures } from "../../../../client/platform";
import {
    differsFromWanted,
    endOfWanted,
    isIssued,
    lineOfEnd,
    sayUnissued,
    syncCertificate,
} from "../../../../provider/nouns/domain/certificate";
import { issueChain } from "../../../support/certificates";
import { openTestSession } from "../../../support/provider";
import { fresh } from "../../../support/stores";

const day = 86_400_000;

describe("the certificate of a domain", () => {
    it("is one's own: uploaded where it differs, left where it is the same in another spelling, and never answered with its key", async () => {
        const session = await openTestSession();
        const hostname = `${fresh("own")}.acme.example`;
        const { account, application } = await session.platform.api.makeSite("Acme", hostname);
        const place = { organization: account, application, environment: "Production" };
        const [first, second] = [await issueChain([hostname]), await issueChain([hostname])];
        await attachDomain(session.client, place, hostname, first);
        const at = { organization: account, hostname };
        const seen = await syncCertificate(session, at, first, false);
        assert.deepEqual(
            [seen.type, seen.configured, seen.names, seen.issuer],
            ["custom", true, [hostname], "Test CA 1"],
        );
        assert.equal(
            differsFromWanted(
                { ...first, publicCertificates: `# mine\r\n${first.publicCertificates.replaceAll("\n", "\r\n")}` },
                seen,
            ),
            false,
        );
        assert.equal(differsFromWanted(second, seen), true);
        const next = await syncCertificate(session, at, second, false);
        assert.equal(differsFromWanted(second, next), false);
        assert.equal(next.expires, endOfWanted(second));
        assert.equal(
            differsFromWanted(second, { type: "custom", expires: next.expires }),
            false,
            "an endpoint that shows no certificates says when they end",
        );
        assert.equal(differsFromWanted(second, { type: "custom", expires: "2020-01-01T00:00:00.000Z" }), true);
        assert.ok(!JSON.stringify(next).includes("PRIVATE"));
        await assert.rejects(syncCertificate(session, at, "acme", false), { code: "issuing-off" });
    });

    it("is the platform's: without an authority or before it is live there is none yet, which is no failure", async () => {
        const session = await openTestSession();
        const hostname = `${fresh("acme")}.acme.example`;
        const { account } = await session.platform.api.makeSite("Acme", hostname);
        const seen = await syncCertificate(session, { organization: account, hostname }, "acme", false);
        assert.deepEqual(seen, { type: "acme", configured: false, names: [] });
        assert.deepEqual(session.told, [
            `${hostname} gets no certificate: this platform issues none, as no authority is set up; declare a certificate of its own, or ask the platform's operator`,
        ]);
        await assert.rejects(syncCertificate(session, { organization: account, hostname }, "acme", true), {
            code: "issuing-off",
        });
    });

    it("is promised only where an authority is set up, or where the endpoint does not tell", async () => {
        const hostname = "www.acme.example";
        const seen = [];
        for (const certificateAuthority of [null, "ca.example", undefined]) {
            const session = await openTestSession();
            const features = await readFeatures(session.client);
            const told = { ...features, certificateAuthority };
            const other = { ...session, client: new Client(session.client.connection) };
            await other.client.once("features", async () => told);
            seen.push([
                await isIssued(other, "acme"),
                await isIssued(other, undefined),
                (await sayUnissued(other, hostname, "acme")) === undefined,
                await sayUnissued(other, hostname, undefined),
            ]);
        }
        assert.deepEqual(seen, [
            [false, false, false, undefined],
            [true, true, true, undefined],
            [true, true, true, undefined],
        ]);
    });

    it("that is not declared differs from nothing, what was never looked at from everything declared", () => {
        assert.equal(differsFromWanted(undefined, undefined), false);
        assert.equal(differsFromWanted(undefined, { type: "custom" }), false);
        assert.equal(differsFromWanted("acme", undefined), true);
        assert.equal(differsFromWanted("acme", { type: "acme" }), false);
    });

    it("that ends soon is said, with what to do", () => {
        const now = Date.parse("2026-01-01T00:00:00Z");
        const lineOf = (type: "acme" | "custom", days: number) =>
            lineOfEnd("www.acme.example", { type, expires: new Date(now + days * day).toISOString() }, now);
        assert.equal(lineOf("custom", 31), undefined);
        assert.equal(lineOfEnd("www.acme.example", {}, now), undefined);
        assert.match(
            lineOf("custom", 6) ?? "",
            /certificate of www\.acme\.example ends on 2026-01-07T00:00:00\.000Z, in 6 days; declare the next one/,
        );
        assert.match(lineOf("custom", -2) ?? "", /ended on 2025-12-30/);
        assert.equal(lineOf("acme", 20), undefined);
        assert.match(lineOf("acme", 10) ?? "", /should have renewed it: run `pulumi refresh`/);
    });
});
