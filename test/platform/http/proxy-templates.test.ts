import assert from "node:assert/strict";
import { text } from "node:stream/consumers";
import { gunzipSync } from "node:zlib";
import { extract } from "tar-stream";
import { requireSome } from "../../support/require-some";
import { fresh, onEveryPlatform } from "../../support/stores";

async function unpack(archive: Buffer): Promise<Record<string, string>> {
    const files: Record<string, string> = {};
    const reader = extract();
    reader.end(gunzipSync(archive));
    for await (const entry of reader) files[entry.header.name] = await text(entry as unknown as AsyncIterable<Buffer>);
    return files;
}

interface Template {
    image: string;
    initialStateUri: string;
}

onEveryPlatform("proxy templates over HTTP", (platform) => {
    it("are listed with everything that v1 tells of them", async () => {
        const templates = await platform().api.get("/proxytemplate");
        for (const template of templates) {
            assert.deepEqual(Object.keys(template), ["name", "label", "description", "image", "initialStateUri"]);
            for (const value of Object.values(template)) assert.ok(typeof value === "string" && value !== "");
        }
        assert.deepEqual(
            templates.find(({ name }: { name: string }) => name === "varnish:6.3.1"),
            {
                name: "varnish:6.3.1",
                label: "Varnish Cache 6.3.1",
                description: "Caches answers by rules in VCL",
                image: "varnish:6.3.1",
                initialStateUri: "/api/v1/proxytemplate/initialstate?proxyTemplateName=varnish%3A6.3.1",
            },
        );
    });

    it("every one is an archive of what a new proxy starts from, always the same bytes, which a push accepts", async () => {
        const { api, url, token } = platform();
        const { account, application } = await api.makeSite("Acme", `${fresh("template")}.acme.example`);
        const fetchArchive = async (uri: string) => {
            const answer = await fetch(`${url}${uri}`, { headers: { "section-token": token } });
            assert.deepEqual([answer.status, answer.headers.get("content-type")], [200, "application/tar+gzip"]);
            assert.ok(answer.headers.get("aperture-tx-id"));
            return Buffer.from(await answer.arrayBuffer());
        };
        for (const { image, initialStateUri } of requireSome<Template>(await api.get("/proxytemplate"))) {
            const archive = await fetchArchive(initialStateUri);
            assert.ok(archive.equals(await fetchArchive(initialStateUri)), image);
            const inFolder = Object.entries(await unpack(archive)).map(([name, content]) => [`added/${name}`, content]);
            assert.ok(inFolder.length > 0, image);
            const config = {
                proxychain: [{ name: "added", image }],
                environments: { Production: { origin: { address: "192.0.2.1" } } },
            };
            const files = { "section.config.json": JSON.stringify(config), ...Object.fromEntries(inFolder) };
            const { problems } = await api.must(
                "POST",
                `/account/${account}/application/${application}/environment/Production/validate`,
                { files },
            );
            assert.deepEqual(problems, [], image);
        }
    });

    it("that nobody has are refused", async () => {
        const { api } = platform();
        for (const query of [
            "?proxyTemplateName=varnish%3A99",
            "?proxyTemplateName=",
            "",
            "?proxyTemplateName=a&proxyTemplateName=b",
            "?proxyTemplateName=toString",
        ]) {
            const { status, json, headers } = await api.call("GET", `/proxytemplate/initialstate${query}`);
            assert.equal(status, 400, query);
            assert.ok(json.message.length > 10);
            assert.match(headers.get("content-type") ?? "", /^application\/json/);
        }
    });
});
