import assert from "node:assert/strict";
import { createPrivateKey } from "node:crypto";
import { Authority } from "../../../platform/acme/authority";
import { makePrivateKey } from "../../../platform/acme/certificate-request";
import { thumbprint } from "../../../platform/acme/jws";
import { readAnswer } from "../../../platform/acme/read-answer";
import { startAcmeScript } from "../../support/acme-script";

// what it does right is shown with a real authority in test/stories/certificates.story.ts
describe("a certificate authority", () => {
    it("is refused where its answers are no use", async () => {
        const key = createPrivateKey(makePrivateKey());
        const script = await startAcmeScript((path) => (path === "/order/1" ? { body: "<html>" } : undefined));
        const authority = new Authority({ directory: `${script.url}/dir`, ca: script.ca, loadKey: async () => key });
        try {
            await assert.rejects(authority.createOrder("www.acme.example"), {
                kind: "malformedAnswer",
                message: /did not say where the order is/,
            });
            assert.deepEqual(script.posts.at(-1)?.payload, {
                identifiers: [{ type: "dns", value: "www.acme.example" }],
            });
            await assert.rejects(authority.getOrder(`${script.url}/order/1`), {
                kind: "malformedAnswer",
                message: /answered no JSON/,
            });
            assert.equal(await authority.keyAuthorization("token"), `token.${thumbprint(key)}`);
        } finally {
            await authority.close();
            await script.close();
        }
    });

    it("waits for its work when it is closed, and aborts it", async () => {
        const authority = new Authority({
            directory: "https://127.0.0.1:1/",
            loadKey: () => Promise.reject(new Error("no key")),
        });
        let isOver = false;
        const work = authority.track(
            new Promise<void>((resolve) => {
                authority.signal.addEventListener("abort", () =>
                    setTimeout(() => {
                        isOver = true;
                        resolve();
                    }, 20),
                );
            }),
        );
        authority.track(Promise.reject(new Error("x"))).catch(() => {});
        await authority.close();
        assert.equal(isOver, true);
        await work;
    });

    it("says how long it wants to be left alone", () => {
        const reply = { status: 200, headers: { "retry-after": "3" }, body: Buffer.from('{"status":"valid"}') };
        assert.deepEqual(readAnswer<{ status: string }>(reply, ["status"]), {
            value: { status: "valid" },
            retryAfterMs: 3000,
        });
    });
});
