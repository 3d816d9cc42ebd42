import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { readdir } from "node:fs/promises";
import { request } from "node:http";
import path from "node:path";
import type { Api } from "../../support/api";
import { applicationArchive, makeArchive, sendUpload } from "../../support/archive";
import { withClone } from "../../support/clone";
import { startPlatform, withFolder } from "../../support/platform";
import { fresh, onEveryPlatform } from "../../support/stores";

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

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
            [there?.status, there?.json.message?.replace(String(site.account), "N")],
            [404, missing?.json.message?.replace("999999", "N")],
        );
        assert.equal(await status(token, fieldsOf({ ...site, application: 999_999 })), 404);
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
