import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { pino } from "pino";
import { openContext } from "../../platform/open-context";
import { readOptions } from "../../platform/options";
import { loadAccountKey } from "../../platform/service/acme-account";
import { keyPurpose } from "../../platform/service/sealed-certificate";
import { Api } from "../support/api";
import { issueChain } from "../support/certificates";
import { environmentOf, type Internet, startInternet, untilConfigured } from "../support/issuing";
import { signUpOffline } from "../support/offline";
import { spawnPlatform, startPlatform, withFolder } from "../support/platform";
import { requireSome } from "../support/require-some";
import { freshStoreOptions, storeKinds } from "../support/stores";

describe("a platform that issues certificates", () => {
    let internet: Internet;
    before(async () => {
        internet = await startInternet();
    });
    after(() => internet.stop());

    it("has no key in clear in its files, its log or its answers", () =>
        withFolder(async (data) => {
            const token = await signUpOffline(data, "olga@agency.example");
            const platform = await spawnPlatform(data, {
                port: internet.port,
                logLevel: "debug",
                environment: environmentOf(internet),
            });
            const api = new Api(platform.url, token);
            const hostname = "secret.acme.example";
            const { account, application } = await api.makeSite("Acme", hostname);
            internet.pointHere(hostname);
            const renewed = await api.call("POST", `/account/${account}/domain/${hostname}/renewCertificate`);
            assert.deepEqual(Object.keys(renewed.json), ["issued", "message", "expiry", "renewFrom"], renewed.text);
            assert.deepEqual([renewed.json.issued, renewed.json.message], [true, "The certificate has been renewed"]);
            for (const date of [renewed.json.expiry, renewed.json.renewFrom])
                assert.equal(new Date(date).toISOString(), date);
            const shop = `shop.${hostname}`;
            const { publicCertificates, privateKey } = await issueChain([shop], { kind: "rsa" });
            const body = { public_certificates: publicCertificates, private_key: privateKey };
            const added = await api.call(
                "POST",
                `/account/${account}/application/${application}/environment/Production/domain/${shop}`,
                body,
            );
            const refused = await api.call("POST", `/account/${account}/domain/${hostname}/https`, body);
            assert.deepEqual([added.status, refused.status], [200, 400]);
            const shown = await Promise.all(
                [hostname, shop].map((each) => api.call("GET", `/account/${account}/domain/${each}/https`)),
            );
            assert.equal(await platform.stop(), 0);

            const { context, close } = await openContext(readOptions({ dataDir: data }), pino({ level: "silent" }));
            const rows = await context.store.database.selectFrom("certificates").selectAll().execute();
            const keys = rows.map((row) => context.secrets.open(keyPurpose(row.hostname), row.private_key));
            assert.ok(keys.includes(privateKey));
            const account_key = await loadAccountKey(context, internet.options.acmeDirectory as string);
            keys.push(account_key.export({ type: "pkcs8", format: "pem" }) as string);
            await close();
            assert.equal(keys.length, 3);
            const needles = keys.flatMap((key) => {
                const lines = key.split("\n").filter((line) => line !== "" && !line.startsWith("-----"));
                const der = Buffer.from(lines.join(""), "base64");
                return [
                    ...lines.map((line) => Buffer.from(line.slice(0, 40))),
                    der.subarray(36, 66),
                    Buffer.from(der.subarray(36, 66).toString("hex")),
                ];
            });
            const looked: string[] = [];
            for (const entry of await readdir(data, { recursive: true, withFileTypes: true })) {
                if (!entry.isFile()) continue;
                const file = path.join(entry.parentPath, entry.name);
                const content = await readFile(file);
                looked.push(file);
                assert.ok(!needles.some((needle) => content.includes(needle)), `${file} holds a key`);
            }
            requireSome(looked);
            const words = platform.log() + [renewed, added, refused, ...shown].map(({ text }) => text).join("\n");
            assert.ok(!needles.some((needle) => words.includes(needle.toString("latin1"))));
            assert.match(words, /"answered"/);
            console.log(
                `      ${needles.length} pieces of ${keys.length} keys in ${looked.length} files and ${words.length} characters: 0 found`,
            );
        }));

    it("issues for a domain that went live by itself, and stops in the middle without harm", async () => {
        const platform = await startPlatform({ ...internet.options, port: internet.port });
        const hostname = "auto.acme.example";
        const { account } = await platform.api.makeSite("Acme", hostname);
        internet.pointHere(hostname);
        assert.equal((await platform.api.get(`/account/${account}/domain/${hostname}/verifyEngaged`)).is_engaged, true);
        await untilConfigured(platform.api, account, hostname);
        const late = platform.api.call("POST", `/account/${account}/domain/${hostname}/renewCertificate`);
        assert.match((await late).json.message, /^The certificate has been renewed already, at \d{4}-/);
        await platform.close();
    });

    if (storeKinds.includes("PostgreSQL")) {
        it("shares the work with its replicas: one order for each domain, whoever stops meanwhile", async () => {
            const store = await freshStoreOptions("PostgreSQL");
            const [first, second] = [
                await startPlatform({ ...store, ...internet.options, port: internet.port }),
                await startPlatform({ ...store, ...internet.options }),
            ];
            try {
                const { account, application } = await first.api.makeSite("Acme", "replica.acme.example");
                const hostnames = Array.from({ length: 12 }, (_, index) => `r${index}.replica.acme.example`);
                for (const hostname of hostnames) {
                    await first.api.must(
                        "POST",
                        `/account/${account}/application/${application}/environment/Production/domain/${hostname}`,
                    );
                    internet.pointHere(hostname);
                }
                const [issued, ordered] = [internet.pebble.issued(), internet.pebble.ordered()];
                for (const hostname of hostnames)
                    await second.api.get(`/account/${account}/domain/${hostname}/verifyEngaged`);
                const asked = hostnames
                    .slice(0, 3)
                    .flatMap((hostname) =>
                        [first, second].map((each) =>
                            each.api.call("POST", `/account/${account}/domain/${hostname}/renewCertificate`),
                        ),
                    );
                await Promise.race(asked);
                await second.close();
                await Promise.allSettled(asked);
                for (const hostname of hostnames) await untilConfigured(first.api, account, hostname);
                assert.deepEqual(
                    [internet.pebble.issued() - issued, internet.pebble.ordered() - ordered],
                    [hostnames.length, hostnames.length],
                );
            } finally {
                await second.close();
                await first.close();
            }
        });
    }
});
