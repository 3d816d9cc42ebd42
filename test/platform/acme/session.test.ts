import assert from "node:assert/strict";
import { createPrivateKey } from "node:crypto";
import { makePrivateKey } from "../../../platform/acme/certificate-request";
import { Session } from "../../../platform/acme/session";
import { type AcmeScript, type ScriptedReply, startAcmeScript } from "../../support/acme-script";

const key = createPrivateKey(makePrivateKey());
const problem = (kind: string, status = 400): ScriptedReply => ({
    status,
    body: { type: `urn:ietf:params:acme:error:${kind}`, detail: kind },
});

async function withSession(
    answer: (path: string, count: number) => ScriptedReply | undefined,
    work: (session: Session, script: AcmeScript) => Promise<void>,
): Promise<void> {
    const script = await startAcmeScript(answer);
    const session = new Session({
        directory: `${script.url}/dir`,
        ca: script.ca,
        contact: ["ops@agency.example"],
        externalAccount: { keyId: "kid-1", macKey: "AAAA" },
        loadKey: async () => key,
    });
    try {
        await work(session, script);
    } finally {
        session.transport.close();
        await script.close();
    }
}

describe("a session with a certificate authority", () => {
    it("signs in once, accepts the terms, and signs everything after as that account", () =>
        withSession(
            () => undefined,
            async (session, { url, posts }) => {
                await Promise.all([session.post(`${url}/a`), session.post(`${url}/b`, { x: 1 })]);
                const [account, ...rest] = posts as [AcmeScript["posts"][number], ...AcmeScript["posts"]];
                assert.equal(account.path, "/account");
                const { externalAccountBinding, ...payload } = account.payload as Record<string, unknown>;
                assert.deepEqual(payload, { termsOfServiceAgreed: true, contact: ["mailto:ops@agency.example"] });
                assert.ok(externalAccountBinding);
                assert.ok(account.header.jwk && !account.header.kid);
                assert.deepEqual(
                    new Set(
                        rest.map(
                            ({ header, path, payload: sent }) =>
                                `${path} ${header.kid} ${header.url} ${JSON.stringify(sent)}`,
                        ),
                    ),
                    new Set([`/a ${url}/account/1 ${url}/a null`, `/b ${url}/account/1 ${url}/b {"x":1}`]),
                );
                assert.equal(new Set(posts.map(({ header }) => header.nonce)).size >= 2, true);
            },
        ));

    it("comes back with another nonce when one is refused, but not for ever", () =>
        withSession(
            (path, count) =>
                path === "/a"
                    ? count < 4
                        ? problem("badNonce")
                        : {}
                    : path === "/b"
                      ? problem("badNonce")
                      : undefined,
            async (session, { url, posts }) => {
                await session.post(`${url}/a`);
                assert.equal(posts.filter(({ path }) => path === "/a").length, 4);
                await assert.rejects(session.post(`${url}/b`), { kind: "badNonce" });
                assert.equal(posts.filter(({ path }) => path === "/b").length, 10);
            },
        ));

    it("signs in again where its account was forgotten", () =>
        withSession(
            (path, count) =>
                path === "/a" && count === 1
                    ? problem("accountDoesNotExist")
                    : path === "/b"
                      ? problem("accountDoesNotExist")
                      : undefined,
            async (session, { url, posts }) => {
                await session.post(`${url}/a`);
                assert.deepEqual(
                    posts.map(({ path }) => path),
                    ["/account", "/a", "/account", "/a"],
                );
                await assert.rejects(session.post(`${url}/b`), { kind: "accountDoesNotExist" });
            },
        ));

    it("tries the directory and the account again after they failed", () => {
        let isDown = true;
        return withSession(
            (path) =>
                isDown && path === "/dir"
                    ? problem("serverInternal", 503)
                    : isDown && path === "/account"
                      ? problem("externalAccountRequired", 403)
                      : undefined,
            async (session, { url }) => {
                await assert.rejects(session.look(), { kind: "serverInternal", status: 503 });
                isDown = false;
                await session.post(`${url}/a`);
            },
        );
    });

    it("fails for answers that are no use", () =>
        withSession(
            (path) => (path === "/dir" ? { body: { newNonce: "x" } } : undefined),
            (session) =>
                assert.rejects(session.look(), {
                    kind: "malformedAnswer",
                    message: "the certificate authority's answer has no newAccount",
                }),
        ));
});
