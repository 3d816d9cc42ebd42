import assert from "node:assert/strict";
import { issueCertificate, issueChain } from "../../support/certificates";
import { startPlatform } from "../../support/platform";
import { requireSome } from "../../support/require-some";
import { fresh, onEveryPlatform } from "../../support/stores";

type Api = Awaited<ReturnType<typeof startPlatform>>["api"];

async function makeSite(api: Api) {
    const hostname = `${fresh("tls")}.acme.example`;
    const { account, application } = await api.makeSite("Acme", hostname);
    const root = `/account/${account}/application/${application}/environment`;
    return { hostname, root, account, at: `/account/${account}/domain/${hostname}` };
}

onEveryPlatform("certificates over HTTP", (platform) => {
    const none = {
        type: "letsencrypt",
        configured: false,
        alternate_names: [],
        certificates: [],
        hostname_valid: false,
        pending: false,
    };

    it("are none at first", async () => {
        const { at } = await makeSite(platform().api);
        assert.deepEqual(await platform().api.get(`${at}/https`), none);
    });

    it("can be brought, are shown without their key, and replaced", async () => {
        const { api } = platform();
        const { hostname, at } = await makeSite(api);
        const chain = await issueChain([hostname, "*.other.example"], { kind: "rsa", name: `CN=${hostname}` });
        const body = { type: "custom", public_certificates: chain.publicCertificates, private_key: chain.privateKey };
        const answer = await api.call("POST", `${at}/https`, body);
        assert.equal(answer.status, 200, answer.text);
        const { expires, hpkp_fingerprint, certificates, ...rest } = answer.json;
        assert.deepEqual(rest, {
            type: "custom",
            configured: true,
            common_name: hostname,
            alternate_names: [hostname, "*.other.example"],
            issuer: "Test CA 1",
            hostname_valid: true,
            pending: false,
        });
        assert.equal(new Date(expires).toISOString(), expires);
        assert.equal(Buffer.from(hpkp_fingerprint, "base64").length, 32);
        assert.deepEqual(
            certificates.map((each: string) => each.trim()),
            [chain.site.certificate, chain.intermediate.certificate],
        );
        assert.deepEqual(await api.get(`${at}/https`), answer.json);
        for (const line of requireSome(chain.privateKey.split("\n").filter((each) => each.length === 64)))
            assert.ok(!answer.text.includes(line));
        const next = await issueChain([hostname], { until: new Date("2031-01-01T00:00:00Z") });
        await api.must("POST", `${at}/https`, {
            public_certificates: next.publicCertificates,
            private_key: next.privateKey,
        });
        const shown = await api.get(`${at}/https`);
        assert.deepEqual([shown.expires, shown.alternate_names], ["2031-01-01T00:00:00.000Z", [hostname]]);
    });

    it("are only looked at with verify_only", async () => {
        const { api } = platform();
        const { hostname, at } = await makeSite(api);
        const { publicCertificates, privateKey } = await issueChain([hostname]);
        const body = {
            type: "custom",
            verify_only: true,
            public_certificates: publicCertificates,
            private_key: privateKey,
        };
        const { configured, type, certificates } = await api.must("POST", `${at}/https`, body);
        assert.deepEqual([configured, type, certificates.length], [true, "custom", 2]);
        assert.deepEqual(await api.get(`${at}/https`), none);
        assert.equal((await api.call("POST", `${at}/https`, { ...body, private_key: "x" })).status, 400);
    });

    it("that are wrong are refused with everything that is wrong, as a list, and change nothing", async () => {
        const { api } = platform();
        const { hostname, at } = await makeSite(api);
        const good = await issueChain([hostname]);
        await api.must("POST", `${at}/https`, {
            public_certificates: good.publicCertificates,
            private_key: good.privateKey,
        });
        const before = await api.get(`${at}/https`);
        const old = await issueCertificate({
            names: ["old.example"],
            until: new Date("2020-01-01T00:00:00Z"),
            from: new Date("2019-01-01T00:00:00Z"),
        });
        const { status, json } = await api.call("POST", `${at}/https`, {
            type: "custom",
            public_certificates: old.certificate,
            private_key: good.privateKey,
        });
        assert.equal(status, 400);
        assert.deepEqual(json.messages, [
            "public_certificates: certificate 1 (old.example) expired on 2020-01-01T00:00:00.000Z; get a new one from its issuer",
            `public_certificates: certificate 1 (old.example) is for old.example and not for ${hostname}; get one that lists ${hostname}`,
            "private_key: does not belong to certificate 1 (old.example); send the key that the certificate was requested with",
        ]);
        assert.equal(json.code, "certificate-refused");
        const malformed: [unknown, RegExp][] = [
            [{}, /^type: is missing/],
            [[], /^the body /],
            [
                { type: "letsencrypt", private_key: good.privateKey },
                /^type: is letsencrypt, which needs no certificate/,
            ],
            [{ public_certificates: "", private_key: "" }, /^type: is missing/],
            [{ type: "ev" }, /^type must be letsencrypt or custom/],
            [
                { type: "custom", verify_only: "yes", private_key: 5 },
                /^verify_only must be true or false\nprivate_key must be PEM text/,
            ],
            [{ type: "custom" }, /^public_certificates: holds no certificate.*\nprivate_key: holds no private key/],
            [{ private_key: good.privateKey }, /^public_certificates: holds no certificate/],
            [{ type: "custom", public_certificates: "x".repeat(300_000) }, /^public_certificates is too long/],
        ];
        for (const [body, messages] of malformed) {
            const answer = await api.call("POST", `${at}/https`, body);
            assert.equal(answer.status, 400);
            assert.match(answer.json.messages.join("\n"), messages);
        }
        assert.deepEqual((await api.call("POST", `${at}/https`, "{")).json.code, "invalid-json");
        assert.deepEqual(await api.get(`${at}/https`), before);
    });

    it("come with a hostname, both or neither, and go with it", async () => {
        const { api } = platform();
        const { hostname, root, account } = await makeSite(api);
        const shop = `shop.${hostname}`;
        const { publicCertificates, privateKey } = await issueChain([shop]);
        const body = { public_certificates: publicCertificates, private_key: privateKey };
        const refused = await api.call("POST", `${root}/Production/domain/${shop}`, {
            ...body,
            private_key: "nothing",
        });
        assert.deepEqual([refused.status, refused.json.code], [400, "certificate-refused"]);
        assert.match(
            refused.json.message,
            /^the certificate for shop\..* was refused\..*\nprivate_key: holds no private key/,
        );
        assert.equal(refused.json.messages, undefined);
        assert.equal((await api.get(`${root}/Production`)).domains.length, 1);
        assert.equal((await api.must("POST", `${root}/Production/domain/${shop}`, body)).domains.length, 2);
        assert.equal((await api.get(`/account/${account}/domain/${shop}/https`)).type, "custom");
        await api.must("POST", `${root}/Production/domain/${shop}`);
        assert.equal(
            (await api.get(`/account/${account}/domain/${shop}/https`)).type,
            "custom",
            "attached again, it keeps what it has",
        );
        await api.must("DELETE", `${root}/Production/domain/${shop}`);
        assert.equal((await api.call("GET", `/account/${account}/domain/${shop}/https`)).status, 404);
        await api.must("POST", `${root}/Production/domain/${shop}`);
        assert.deepEqual(await api.get(`/account/${account}/domain/${shop}/https`), none);
    });

    it("go with their application", async () => {
        const { api } = platform();
        const { hostname, at, account, root } = await makeSite(api);
        const { publicCertificates, privateKey } = await issueChain([hostname]);
        await api.must("POST", `${at}/https`, { public_certificates: publicCertificates, private_key: privateKey });
        await api.must("DELETE", root.replace("/environment", ""));
        await api.must("POST", `/account/${account}/application/create`, { hostname, origin: "192.0.2.1" });
        assert.deepEqual(await api.get(`${at}/https`), none);
    });

    it("are not issued where no authority is set up, and not renewed where their owner brought them", async () => {
        const { api } = platform();
        const { hostname, at } = await makeSite(api);
        const off = await api.call("POST", `${at}/renewCertificate`);
        assert.deepEqual([off.status, off.json.code], [400, "issuing-off"]);
        assert.match(
            off.json.message,
            /this platform issues no certificates, so none for .*\. Set SECTION_PLATFORM_ACME_DIRECTORY, or upload a certificate\.$/,
        );
        assert.deepEqual(await api.must("POST", `${at}/https`, { type: "letsencrypt" }), none);
        const { publicCertificates, privateKey } = await issueChain([hostname]);
        await api.must("POST", `${at}/https`, { public_certificates: publicCertificates, private_key: privateKey });
        const custom = await api.call("POST", `${at}/renewCertificate`);
        assert.deepEqual([custom.status, custom.json.code], [400, "certificate-custom"]);
        const back = await api.call("POST", `${at}/https`, { type: "letsencrypt" });
        assert.deepEqual([back.status, back.json.code, back.json.messages.length], [400, "issuing-off", 1]);
        assert.equal((await api.get(`${at}/https`)).type, "custom", "it is served with what it has");
    });

    it("are for admins to change, and for no stranger to see", async () => {
        const { api, signUp } = platform();
        const { at, account } = await makeSite(api);
        const email = `${fresh("reader")}@agency.example`;
        const reader = await signUp(email);
        await api.must("POST", `/account/${account}/user`, { email, accountCapability: "readonly" });
        assert.equal((await reader.call("GET", `${at}/https`)).status, 200);
        for (const operation of ["https", "renewCertificate"])
            assert.equal((await reader.call("POST", `${at}/${operation}`, {})).status, 403);
        const stranger = await signUp(`${fresh("stranger")}@elsewhere.example`);
        const mine = await makeSite(stranger);
        const theirs = await stranger.call("GET", `/account/${mine.account}/domain/${at.split("/").at(-1)}/https`);
        const nobodys = await stranger.call("GET", `/account/${mine.account}/domain/nobodys.acme.example/https`);
        assert.equal(theirs.status, 404);
        assert.equal(
            theirs.text.replace(at.split("/").at(-1) as string, "X"),
            nobodys.text.replace("nobodys.acme.example", "X"),
        );
    });
});

describe("certificates in pure v1", () => {
    it("show what v1 shows", async () => {
        const platform = await startPlatform({ extensions: false });
        try {
            const created = await platform.api.must("POST", "/account/create", {
                name: "Acme",
                hostname: "www.acme.example",
                origin: "192.0.2.1",
            });
            const at = `/account/${created.id}/domain/www.acme.example/https`;
            assert.deepEqual(await platform.api.get(at), {
                type: "letsencrypt",
                configured: false,
                alternate_names: [],
                certificates: [],
                hostname_valid: false,
            });
            const { json } = await platform.api.call("POST", at, { type: "x" });
            assert.deepEqual(Object.keys(json), ["message", "messages"]);
        } finally {
            await platform.close();
        }
    });
});
