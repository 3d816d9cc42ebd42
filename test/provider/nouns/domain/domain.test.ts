import assert from "node:assert/strict";
import { domainNoun } from "../../../../provider/nouns/domain/domain";
import type { Unfinished } from "../../../../provider/nouns/noun";
import { Lifecycle } from "../../../../provider/protocol/lifecycle";
import { Run } from "../../../../provider/run/run";
import { unknownValue } from "../../../../provider/run/unknown";
import { issueChain } from "../../../support/certificates";
import { startDns } from "../../../support/dns";
import { openTestSession } from "../../../support/provider";
import { fresh } from "../../../support/stores";

const inputs = { environment: "1/2/Production", hostname: "www.acme.example" };
/** As 0.1.0 wrote it. */
const remembered = {
    ...inputs,
    cname: "www.acme.example.c.section.io",
    zoneName: "acme.example",
    engaged: false,
    dns: {
        type: "CNAME",
        name: "www.acme.example",
        value: "www.acme.example.c.section.io",
        ttl: 300,
        apex: false,
        notes: ["Remove AAAA records of this name: the platform answers on IPv4 only."],
    },
    __v: 1,
};

/** A lifecycle whose endpoint does not answer: whatever it sends fails. */
function offline(more: Record<string, string> = {}): Lifecycle {
    const values: Record<string, string> = {
        "section-provider:endpoint": "http://127.0.0.1:9",
        "section-provider:token": "hush",
        "section-provider:resolver": "none",
        ...more,
    };
    const lifecycle = new Lifecycle(domainNoun, new Run());
    void lifecycle.configure({ config: { get: (key) => values[key] } });
    return lifecycle;
}

describe("the life of a domain", () => {
    const diff = (news: object, olds: object = {}) =>
        offline().diff("1/2/Production/www.acme.example", { ...remembered, ...olds }, { ...inputs, ...news });

    it("a state of 0.1.0 is no difference, and nothing is sent or needed to see that", async () => {
        const bare = new Lifecycle(domainNoun, new Run());
        assert.deepEqual(await bare.diff("1/2/Production/www.acme.example", remembered, inputs), { changes: false });
        const checked = { ...inputs, cname: remembered.cname, zoneName: remembered.zoneName, dns: remembered.dns };
        assert.deepEqual(await bare.check(checked, inputs), { inputs: checked, failures: [] });
        const { dns } = domainNoun.derive?.({ hostname: inputs.hostname }, "c.section.io") ?? {};
        assert.deepEqual(dns, remembered.dns, "what is remembered of the record stays what 0.1.0 remembers");
    });

    it("waiting is work while it is not live, and none once it is, whatever is declared of it", async () => {
        assert.deepEqual(await diff({ waitForLive: {} }), { changes: true });
        for (const news of [{ waitForLive: {} }, { waitForLive: { timeoutSeconds: 9 } }, {}])
            assert.deepEqual(await diff(news, { engaged: true }), { changes: false });
        assert.deepEqual(await diff({}), { changes: false });
    });

    it("a certificate is work where another one is seen, and none where none is declared", async () => {
        const seen = { type: "acme", configured: false, names: [] };
        assert.deepEqual(await diff({ certificate: "acme" }), { changes: true });
        assert.deepEqual(await diff({ certificate: "acme" }, { certificate: seen }), { changes: false });
        const custom = { ...seen, type: "custom" };
        assert.deepEqual(await diff({}, { certificate: custom }), { changes: false });
        for (const certificate of [unknownValue, { publicCertificates: unknownValue, privateKey: "x" }])
            assert.deepEqual(
                await diff({ certificate }, { certificate: custom }),
                { changes: true },
                "what is not known yet may be another",
            );
    });

    it("another environment is created first and taken over, also planned while the platform is away; another name is not", async () => {
        const move = await diff({ environment: "1/2/Staging" });
        assert.deepEqual([move.replaces, move.deleteBeforeReplace], [["environment"], false]);
        const rename = await diff({ hostname: "shop.acme.example" });
        assert.deepEqual([rename.replaces, rename.deleteBeforeReplace], [["hostname"], true]);
        await assert.rejects(
            diff({ environment: "1/2/Staging" }, { engaged: true }),
            /is live and changing environment would delete it/,
        );
    });

    it("a certificate that ends soon is told from the state alone", async () => {
        const told: string[] = [];
        const expires = new Date(Date.now() + 5.5 * 86_400_000).toISOString();
        const session = { ...(await openTestSession()), tell: (line: string) => void told.push(line) };
        const certificate = { type: "custom" as const, configured: true, names: [], expires };
        const found = { id: "1/2/Production/www.acme.example", outputs: { ...remembered, certificate } };
        const unchanged = { wanted: inputs, keys: [], replaces: [], memory: session.memory };
        assert.deepEqual(await domainNoun.judgeChange?.(() => session, found as never, unchanged), { hasWork: false });
        assert.match(told.join(), /^the certificate of www\.acme\.example ends on .*, in 5 days/);
    });

    it("a failure about a certificate does not name its property, whose value the engine would print", async () => {
        const { publicCertificates } = await issueChain([inputs.hostname]);
        const { privateKey } = await issueChain([inputs.hostname]);
        const { failures } = await offline().check({}, { ...inputs, certificate: { publicCertificates, privateKey } });
        assert.deepEqual(
            failures.map(({ property }) => property),
            [""],
        );
        assert.match(failures[0]?.reason ?? "", /^certificate\.privateKey does not belong to certificate 1/);
        assert.deepEqual(
            (await offline().check({}, { ...inputs, certificate: { privateKey } })).failures.map(
                ({ property }) => property,
            ),
            [""],
        );
    });

    it("a wait that ends leaves what is there, whole, for the next up to go on with", async () => {
        const dns = await startDns(new Map());
        try {
            const session = await openTestSession({ resolvers: [dns.address] });
            const hostname = `${fresh("dom")}.acme.example`;
            const { account, application } = await session.platform.api.makeSite("Acme", hostname);
            const environment = `${account}/${application}/Production`;
            const own = await issueChain([hostname]);
            const certificate = { publicCertificates: own.publicCertificates, privateKey: own.privateKey };
            const failure: Unfinished<{ engaged: boolean; certificate?: { type: string } }> = await domainNoun
                .ensure(session, { environment, hostname, certificate, waitForLive: { timeoutSeconds: 1 } })
                .then(
                    () => assert.fail(),
                    (error) => error,
                );
            assert.equal(failure.found.id, `${environment}/${hostname}`);
            assert.deepEqual(
                [failure.found.outputs.engaged, failure.found.outputs.certificate?.type],
                [false, "custom"],
            );
            assert.match(failure.message, /is attached and not live after 1 seconds/);
            const found = await domainNoun.ensure(
                session,
                { environment, hostname, certificate },
                failure.found as never,
            );
            assert.deepEqual(await domainNoun.observe(session, found.id, found.outputs), found);
            assert.equal(
                (await domainNoun.observe(session, found.id, {}))?.outputs.certificate?.issuer,
                "Test CA 1",
                "a look-up shows it too",
            );
        } finally {
            dns.close();
        }
    });

    it("pure v1 says whether it is live in the organization's list, which beats what is remembered", async () => {
        const session = await openTestSession({ extensions: false });
        const hostname = `${fresh("dom")}.acme.example`;
        const made = await session.platform.api.must("POST", "/account/create", {
            name: "Pure",
            hostname,
            origin: "192.0.2.1",
        });
        const environment = `${made.id}/${made.applications[0].id}/Production`;
        const found = await domainNoun.ensure(session, { environment, hostname: `shop.${hostname}` });
        const observed = await domainNoun.observe(session, found.id, { ...found.outputs, engaged: true });
        assert.equal(observed?.outputs.engaged, false);
        await domainNoun.remove(session, found);
        assert.equal(await domainNoun.observe(session, found.id, found.outputs), undefined);
    });
});
