import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { cp, readFile, symlink } from "node:fs/promises";
import path from "node:path";
import { checkReportPage } from "../support/browser";
import { type DnsName, startDns } from "../support/dns";
import { patternOf, readSessions, steady } from "../support/page-sessions";
import { startPlatform, withFolder } from "../support/platform";
import { pulumiSection } from "../support/provider-command";
import { mustPulumi } from "../support/pulumi";

describe("the sheet for going live", () => {
    it("does what docs/go-live-sheet.md shows, from before the DNS is set until both hostnames are live", () =>
        withFolder(async (folder) => {
            const names = new Map<string, DnsName>();
            const dns = await startDns(names);
            const [authority, acmeDirectory] = ["127.0.0.1", "https://127.0.0.1:9/directory"];
            const platform = await startPlatform({ dnsServers: [dns.address], acmeDirectory });
            const shown = (text: string) => text.replaceAll("from letsencrypt.org", `from ${authority}`);
            try {
                const cwd = path.join(folder, "program");
                await cp("examples/staging-first", cwd, { recursive: true });
                await symlink(path.resolve("node_modules"), path.join(cwd, "node_modules"));
                const environment = {
                    SECTION_ENDPOINT: platform.url,
                    SECTION_TOKEN: platform.token,
                    SECTION_RESOLVER: dns.address,
                };
                const options = { cwd, folder, environment };
                await mustPulumi(["stack", "init", "story"], options);
                await mustPulumi(["up", "--yes", "--skip-preview"], options);

                const NS = ["ada.ns.cloudflare.com", "bob.ns.cloudflare.com"];
                names.set("museum.example", { NS, CAA: [{ flags: 0, tag: "issue", value: "other-ca.example" }] });
                names.set("www.museum.example", { A: ["192.0.2.1"], AAAA: ["2001:db8::1"] });
                const bin = path.resolve("node_modules/.bin");
                const env = { ...process.env, ...environment, PATH: `${bin}${path.delimiter}${process.env.PATH}` };
                const run = (command: string) =>
                    new Promise<string>((resolve) => {
                        execFile("sh", ["-c", command], { cwd, env }, (_error, stdout, stderr) =>
                            resolve(stdout + stderr),
                        );
                    });
                const [before, after] = await readSessions("docs/go-live-sheet.md");
                assert.ok(before && after);
                assert.match(steady(await run(before.command)), patternOf(shown(before.expected)));
                const page = await pulumiSection(["golive", "City Museum", "--format", "html"], { cwd, environment });
                await checkReportPage("golive", page.stdout);

                names.set("museum.example", { NS });
                for (const name of ["www.museum.example", "staging.museum.example"])
                    names.set(name, `${name}.c.section.io`);
                assert.match(steady(await run(after.command)).replaceAll("\r", ""), patternOf(shown(after.expected)));
                const { domains, steps } = JSON.parse(
                    (await pulumiSection(["golive", "1", "--json"], { cwd, environment })).stdout,
                );
                assert.deepEqual(
                    domains.map(({ hostname, isLive }: { hostname: string; isLive: boolean }) => [hostname, isLive]),
                    [
                        ["www.museum.example", true],
                        ["staging.museum.example", true],
                    ],
                );
                assert.equal(steps.flatMap(({ changes }: { changes: unknown[] }) => changes).length, 0);
                assert.match(
                    await mustPulumi(["preview"], options),
                    /Resources:\n\s+\d+ unchanged/,
                    "looking changes nothing",
                );
                console.log(
                    `      ${(await readFile("docs/go-live-sheet.md", "utf8")).split("\n").length} lines of the page, ${dns.asked.length} questions to the DNS`,
                );
            } finally {
                await platform.close();
                dns.close();
            }
        }));
});
