import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { readdir } from "node:fs/promises";
import { request } from "node:http";
import path from "node:path";
import { type Api, withoutId } from "../../support/api";
import { applicationArchive, makeArchive, sendUpload } from "../../support/archive";
import { withClone } from "../../support/clone";
import { isReplicated, startPlatform, withFolder } from "../../support/platform";
import { converse } from "../../support/slow-client";
import { fresh, onEveryPlatform } from "../../support/stores";

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** A balancer that closes each connection gets an answer when it has sent the whole body. */
const itDirectly = isReplicated() ? it.skip : it;

onEveryPlatform("code upload", (platform) => {
    const fieldsOf = ({ account, application }: { account: number; application: number }) => ({
        account_id: String(account),
        app_id: String(application),
    });
    const makeSite = () => platform().api.makeSite("Acme", `${fresh("upload")}.acme.example`);

    it("takes what sectionctl sends and answers with its id", async () => {
        const { url, token } = platform();
        const { status, headers, json } = await sendUpload(
            url,
            token,
            await applicationArchive(),
            fieldsOf(await makeSite()),
        );
        assert.equal(status, 200);
        assert.match(json.payloadID ?? "", uuid);
        assert.deepEqual(Object.keys(json), ["payloadID"]);
        assert.match(headers.get("content-type") ?? "", /^application\/json/);
        assert.match(headers.get("aperture-tx-id") ?? "", /^\d+\.\d+$/);
    });

    it("a push that names an upload is told whether the account has it, and accepted", () =>
        withClone(platform(), async ({ account, application, write, push }) => {
            const { url, token } = platform();
            const { json } = await sendUpload(
                url,
                token,
                await applicationArchive(),
                fieldsOf({ account, application }),
            );
            const name = (id: string) =>
                write("varnish/.section-external-source.json", `{\n\t"section_payload_id": "${id}"\n}`);
            await name(json.payloadID as string);
            const known = await push();
            assert.deepEqual([known.code, /warning/.test(known.stderr)], [0, false], known.stderr);
            await name("00000000-0000-4000-8000-000000000000");
            const unknown = await push();
            assert.equal(unknown.code, 0);
            assert.match(
                unknown.stderr,
                /remote: warning: varnish\/\.section-external-source\.json names the upload "0+-0000-4000-8000-0+", which this account does not have/,
            );
        }));

    it("only admins upload, and a stranger learns nothing", async () => {
        const { url, token, signUp, api } = platform();
        const site = await makeSite();
        const archive = await applicationArchive();
        const status = async (who: string | undefined, fields = fieldsOf(site)) =>
            (await sendUpload(url, who, archive, fields)).status;
        assert.equal(await status(undefined), 401);
        assert.equal(await status("wrong"), 401);
        const member = async (capability: string, scope?: "read"): Promise<Api> => {
            const email = `${fresh("uploader")}@agency.example`;
            const person = await signUp(email, scope);
            await api.must("POST", `/account/${site.account}/user`, { email, accountCapability: capability });
            return person;
        };
        assert.equal(await status((await member("readonly")).token), 403);
        assert.equal(await status((await member("admin", "read")).token), 403);
        assert.equal(await status((await member("admin")).token), 200);
        const stranger = await signUp(`${fresh("stranger")}@agency.example`);
        const [there, missing] = await Promise.all(
            [site.account, 999_999].map((account) =>
                sendUpload(url, stranger.token, archive, fieldsOf({ ...site, account })),
            ),
        );
        assert.deepEqual(
            [there?.status, withoutId(there?.json.message ?? "", site.account)],
            [404, withoutId(missing?.json.message ?? "", 999_999)],
        );
        assert.equal(await status(token, fieldsOf({ ...site, application: 999_999 })), 404);
    });

    itDirectly("whoever may upload nowhere hears so before the body, and takes no place", async () => {
        const { url, signUp, api } = platform();
        const site = await makeSite();
        const stranger = await signUp(`${fresh("stranger")}@agency.example`);
        const email = `${fresh("reader")}@agency.example`;
        const reader = await signUp(email);
        await api.must("POST", `/account/${site.account}/user`, { email, accountCapability: "readonly" });
        for (const [who, status, words] of [
            [stranger, 404, /this user is a member of no account/],
            [reader, 403, /Admin privileges are required; this user has them in no account/],
        ] as const)
            for (let count = 0; count < 40; count += 1) {
                const head = `Host: x\r\nsection-token: ${who.token}\r\nContent-Type: multipart/form-data; boundary=x\r\nContent-Length: 5000000`;
                const { text } = await converse(url, (socket) => {
                    socket.write(`POST /new/code_upload/v1/upload HTTP/1.1\r\n${head}\r\n\r\n`);
                    socket.once("data", () => socket.end());
                });
                assert.match(text, new RegExp(`^HTTP/1\\.1 ${status} `));
                assert.match(text, words);
            }
        assert.equal(
            (await sendUpload(url, api.token, await applicationArchive(), fieldsOf(site))).status,
            200,
            "there is a place",
        );
    });

    itDirectly("a client that sends the file last hears before it that it may not", async () => {
        const { url, token } = platform();
        const field = (name: string, value: string) =>
            `--x\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;
        const begin = `${field("account_id", "999999")}${field("app_id", "1")}--x\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\nhalf`;
        const head = `Host: x\r\nsection-token: ${token}\r\nContent-Type: multipart/form-data; boundary=x\r\nContent-Length: 5000000`;
        const { text } = await converse(url, (socket) => {
            socket.write(`POST /new/code_upload/v1/upload HTTP/1.1\r\n${head}\r\n\r\n${begin}`);
            socket.once("data", () => socket.end());
        });
        assert.match(text, /^HTTP\/1\.1 404 .*there is no account 999999/s);
    });

    it("says what is wrong with a form or an archive", async () => {
        const { url, token } = platform();
        const site = await makeSite();
        const fields = fieldsOf(site);
        const say = async (file: Buffer | undefined, form: Record<string, string>) => {
            const { status, json } = await sendUpload(url, token, file, form);
            return `${status} ${json.message}`;
        };
        const archive = await applicationArchive();
        assert.match(await say(undefined, fields), /^400 the part `file` is missing/);
        assert.match(await say(archive, { account_id: fields.account_id }), /^400 app_id/);
        assert.match(await say(archive, { ...fields, app_id: "x" }), /^400 app_id must be a number/);
        assert.match(await say(Buffer.from("zip?"), fields), /^400 the file is no whole tar\.gz/);
        assert.match(
            await say(await makeArchive([{ name: "/../x", text: "x" }]), fields),
            /^400 the archive has a path with \.\. in it/,
        );
        const large = await makeArchive([
            { name: "../x", text: "x" },
            { name: "y", text: randomBytes(8_000_000).toString("latin1") },
        ]);
        assert.match(
            await say(large, fields),
            /^400 the archive has a path with \.\. in it/,
            "said while more arrives",
        );
        const longHeader = await makeArchive([
            { name: "x", text: "x", pax: { comment: randomBytes(2_200_000).toString("hex") } },
            { name: "y", text: randomBytes(8_000_000).toString("latin1") },
        ]);
        assert.match(
            await say(longHeader, fields),
            /^400 the archive has an extended header or a name of more than 4 MiB\. Pack the application's folder anew/,
            "which is found before the body has ended",
        );
        const plain = await platform().api.call("POST", "/user");
        assert.equal(plain.status, 200);
        const noForm = await fetch(`${url}/new/code_upload/v1/upload`, {
            method: "POST",
            headers: { "section-token": token },
            body: "{}",
        });
        assert.deepEqual([noForm.status, /multipart/.test(await noForm.text())], [400, true]);
        const wrong = await fetch(`${url}/new/code_upload/v1/upload`, { headers: { "section-token": token } });
        assert.deepEqual([wrong.status, wrong.headers.get("allow")], [405, "OPTIONS, POST"]);
        const broken = await fetch(`${url}/new/code_upload/v1/upload`, {
            method: "POST",
            headers: { "section-token": token, "content-type": "multipart/form-data; boundary=x" },
            body: '--x\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\nhalf',
        });
        assert.equal(broken.status, 400, await broken.text());
    });
});

describe("uploads of one user", function () {
    this.timeout(60_000);

    it("that never end wait for each other, end by their pace, and leave places for others", async () => {
        const platform = await startPlatform({
            maxUploads: 4,
            maxAccountUploads: 3,
            maxUserUploads: 2,
            bodyPaceSeconds: 2,
        });
        try {
            const site = await platform.api.makeSite("Acme", "www.acme.example");
            const other = await platform.signUp("other@agency.example");
            const theirs = await other.makeSite("Other", "www.other.example");
            const head = `Host: x\r\nsection-token: ${platform.token}\r\nContent-Type: multipart/form-data; boundary=x\r\nContent-Length: 5000000`;
            const begin = '--x\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n';
            const stalled = Array.from({ length: 6 }, () =>
                converse(platform.url, (socket) => {
                    socket.write(`POST /new/code_upload/v1/upload HTTP/1.1\r\n${head}\r\n\r\n${begin}`);
                }),
            );
            const archive = await applicationArchive();
            const upload = async (token: string | undefined, { account, application }: typeof site) =>
                (await sendUpload(platform.url, token, archive, { account_id: `${account}`, app_id: `${application}` }))
                    .status;
            const begunMs = performance.now();
            assert.equal(await upload(other.token, theirs), 200);
            assert.ok(performance.now() - begunMs < 1_500, "others have not waited for them");
            assert.equal(await upload(platform.token, site), 200, "it had its turn behind them");
            for (const { text } of await Promise.all(stalled)) assert.match(text, /^HTTP\/1\.1 408 /);
        } finally {
            await platform.close();
        }
    });
});

describe("the folder of uploads", () => {
    it("keeps what was accepted, nothing of what was refused, too large or broke off, and is swept at boot", () =>
        withFolder(async (dataDir) => {
            const payloads = path.join(dataDir, "payloads");
            const files = async () =>
                (await readdir(payloads, { recursive: true }).catch(() => []))
                    .filter((name) => !/^\d+$/.test(name))
                    .sort();
            const platform = await startPlatform({ dataDir, maxPayloadBytes: 100_000 });
            const site = await platform.api.makeSite("Acme", "www.acme.example");
            const fields = { account_id: String(site.account), app_id: String(site.application) };
            const { json } = await sendUpload(platform.url, platform.token, await applicationArchive(), fields);
            const kept = [`${site.account}/${json.payloadID}.tar.gz`];
            const large = await makeArchive([{ name: "x", text: randomBytes(150_000).toString("base64") }]);
            assert.equal((await sendUpload(platform.url, platform.token, large, fields)).status, 413);
            assert.equal(
                (
                    await sendUpload(platform.url, platform.token, await applicationArchive(), {
                        ...fields,
                        app_id: "999",
                    })
                ).status,
                404,
            );
            assert.deepEqual(await files(), kept);
            const head = {
                "section-token": platform.token,
                "content-type": "multipart/form-data; boundary=x",
                "content-length": "50000",
            };
            const call = request(`${platform.url}/new/code_upload/v1/upload`, { method: "POST", headers: head });
            call.on("error", () => {});
            call.write('--x\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n');
            call.write((await applicationArchive()).subarray(0, 100));
            while ((await files()).length < 2) await new Promise((resolve) => setTimeout(resolve, 10));
            call.destroy();
            while ((await files()).length > 1) await new Promise((resolve) => setTimeout(resolve, 10));
            await platform.api.must("DELETE", `/account/${site.account}/application/${site.application}`);
            await platform.close();
            assert.deepEqual(await files(), kept);
            await (await startPlatform({ dataDir })).close();
            assert.deepEqual(await files(), []);
        })).timeout(60_000);
});
