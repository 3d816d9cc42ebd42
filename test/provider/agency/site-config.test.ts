import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { composeSite, type SiteConfig } from "../../../provider/agency/site-config";
import { Folders } from "../../../provider/config/config-source";
import { withFolder } from "../../support/platform";

const site = (more: Partial<SiteConfig>): SiteConfig => ({
    hostname: "www.acme.example",
    sources: [],
    variables: {},
    sharedVariables: {},
    ...more,
});

/** Two folders: `base` and `own` that lies over it. */
async function withFolders(work: (base: string, own: string) => void): Promise<void> {
    await withFolder(async (folder) => {
        const [base, own] = [path.join(folder, "base"), path.join(folder, "own")];
        for (const each of [base, own]) await mkdir(each);
        await writeFile(path.join(base, "a.vcl"), "{{hostname}} {{environment}} {{ ttl }}");
        await writeFile(path.join(base, "b.vcl"), "base");
        await writeFile(path.join(own, "b.vcl"), "own {{grace}}");
        work(base, own);
    });
}

describe("the configuration of a site", () => {
    it("is the base with what lies over it, filled in for each environment", () =>
        withFolders((base, own) => {
            const files = composeSite(
                site({
                    sources: [base, own, { "c.vcl": "file" }],
                    variables: { ttl: "6h" },
                    sharedVariables: { ttl: "1s", grace: 5, nobody: "uses it" },
                    staging: { source: { "c.vcl": "staging" }, variables: { ttl: "0s" } },
                }),
            );
            assert.deepEqual(files, {
                production: { "a.vcl": "www.acme.example Production 6h", "b.vcl": "own 5", "c.vcl": "file" },
                staging: { "a.vcl": "www.acme.example Staging 0s", "b.vcl": "own 5", "c.vcl": "staging" },
            });
        }));

    it("shares the texts of folders that are read already, for sites with the same values", () =>
        withFolders((base) => {
            const folders = new Folders();
            const compose = (hostname: string) =>
                composeSite(site({ hostname, sources: [base], variables: { ttl: 1 }, folders })).production;
            const one = compose("www.acme.example");
            writeFileSync(path.join(base, "b.vcl"), "changed");
            assert.deepEqual(compose("www.beta.example"), {
                "a.vcl": "www.beta.example Production 1",
                "b.vcl": "base",
            });
            assert.deepEqual(compose("www.acme.example"), one);
            const { production } = composeSite(site({ sources: [base], variables: { ttl: 1 } }));
            assert.equal(production?.["b.vcl"], "changed", "without them a folder is read anew");
        }));

    it("is nothing where nothing is declared", () => {
        assert.deepEqual(composeSite(site({})), { production: undefined, staging: undefined });
        assert.deepEqual(composeSite(site({ staging: { source: { a: "b" } } })), {
            production: undefined,
            staging: { a: "b" },
        });
        assert.deepEqual(composeSite(site({ sources: [() => undefined] })), {
            production: undefined,
            staging: undefined,
        });
    });

    it("may be made by a function, which knows where it is for", () => {
        const files = composeSite(
            site({
                sources: [(place) => ({ a: JSON.stringify(place) })],
                variables: { ttl: 1 },
                sharedVariables: { x: "y", ttl: 2 },
                staging: {},
            }),
        );
        assert.deepEqual(JSON.parse(String(files.staging?.a)), {
            hostname: "www.acme.example",
            environment: "Staging",
            variables: { hostname: "www.acme.example", environment: "Staging", x: "y", ttl: 1 },
        });
    });

    it("with a variable that nobody gives or nothing uses is refused, naming site, file and spelling", () =>
        withFolders((base, own) => {
            assert.throws(
                () => composeSite(site({ sources: [base] })),
                /^Problem: www\.acme\.example: .*a\.vcl:1: \{\{ttl\}\} has no value\. Give it as variables: \{ ttl: \.\.\. \}, or write \{\{ .* for the text itself\.$/,
            );
            assert.throws(
                () =>
                    composeSite(
                        site({
                            sources: [base, own],
                            variables: { ttl: "1h", grac: 2 },
                            sharedVariables: { grace: 1 },
                        }),
                    ),
                /^Problem: www\.acme\.example: no configuration file uses the variable grac\. Remove it, or correct its spelling: files use \{\{grace\}\}\.$/,
            );
            assert.throws(
                () => composeSite(site({ variables: { ttl: 1 } })),
                /no configuration file uses the variable ttl\. Remove it, or use it in a file/,
            );
            assert.throws(
                () => composeSite(site({ sources: [`${base}/none`] })),
                /www\.acme\.example: .*none is not a folder/,
            );
        }));
});
