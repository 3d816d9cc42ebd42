import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { runInNewContext } from "node:vm";
import { Api } from "../../support/api";
import { fresh, onEveryPlatform } from "../../support/stores";

/** Lets the script of a page run as a browser would: the form is filled in and sent. */
async function followLink(url: string, link: string, fields: Record<string, string>): Promise<string> {
    const answer = await fetch(link);
    const html = await answer.text();
    const [, script = ""] = /<script>(.*)<\/script>/s.exec(html) ?? [];
    const policy = answer.headers.get("content-security-policy") ?? "";
    assert.ok(
        policy.includes(`script-src 'sha256-${createHash("sha256").update(script).digest("base64")}'`),
        "a browser lets the script run",
    );
    assert.deepEqual(
        [...html.matchAll(/<input name="(\w+)"/g)].map(([, name]) => name),
        Object.keys(fields),
        "the form asks for these",
    );
    let send: (event: { preventDefault(): void }) => Promise<void> = () => Promise.reject(new Error("nothing listens"));
    const told = { textContent: "" };
    const form = {
        addEventListener: (_: string, listener: typeof send) => {
            send = listener;
        },
    };
    runInNewContext(script, {
        document: { querySelector: (selector: string) => (selector === "form" ? form : told) },
        location: new URL(link),
        FormData: class {
            *[Symbol.iterator]() {
                yield* Object.entries(fields);
            }
        },
        fetch: (path: string, options: object) => fetch(new URL(path, url), options),
        TextEncoder,
        btoa,
    });
    await send({ preventDefault: () => {} });
    return told.textContent;
}

onEveryPlatform("the page behind a link", (platform) => {
    it("lets a person choose their password", async () => {
        const { api, mailsTo, url } = platform();
        const { id } = await api.must("POST", "/account", { name: "Acme" });
        const email = `${fresh("person")}@agency.example`;
        await api.must("POST", `/account/${id}/user`, { email });
        const link = (await mailsTo(email)).at(-1)?.link ?? "";
        const fields = { firstname: "Jürgen", lastname: "Person", password: "correct horse battery" };
        assert.match(
            await followLink(url, link, { ...fields, password: "short" }),
            /^password must have 10 to 256 characters/,
        );
        assert.equal(await followLink(url, link, fields), "Done. You can close this page.");
        assert.match(await followLink(url, link, fields), /^this link is unknown, too old or used/);
        const [member] = (await api.get(`/account/${id}/user`)).filter(
            (each: { email: string }) => each.email === email,
        );
        assert.deepEqual([member.first_name, member.status], ["Jürgen", "active"]);
    });

    it("lets a person sign in to verify their new address, whatever letters the password has", async () => {
        const { signUp, setPassword, mailsTo, url } = platform();
        const [old, email] = [`${fresh("old")}@agency.example`, `${fresh("newer")}@agency.example`];
        const user = await signUp(old);
        await setPassword(old, "pässwörter: 密码 ☂");
        await user.must("POST", "/user", { email });
        const link = (await mailsTo(email)).at(-1)?.link ?? "";
        const fields = { email: old, password: "pässwörter: 密码 ☂", code: "" };
        assert.match(
            await followLink(url, link, { ...fields, password: "wrong password" }),
            /^API request is unauthorized/,
        );
        assert.equal(await followLink(url, link, fields), "Done. You can close this page.");
        assert.equal((await user.get("/user")).email, email);
    });

    it("can be framed by nobody, keeps its address to itself, and loads nothing", async () => {
        for (const path of ["/public/accept", "/public/verify", "/public/accept/"]) {
            const { status, headers, text } = await new Api(platform().url, undefined).call("GET", path);
            assert.equal(status, 200, path);
            assert.match(headers.get("content-type") ?? "", /^text\/html/);
            assert.match(headers.get("content-security-policy") ?? "", /default-src 'none';.*frame-ancestors 'none'/);
            assert.deepEqual(
                [headers.get("referrer-policy"), headers.get("cache-control")],
                ["no-referrer", "no-store"],
            );
            assert.ok(!/\b(src|href)=/.test(text));
        }
    });
});
