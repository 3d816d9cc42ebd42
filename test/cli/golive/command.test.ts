import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { parse } from "csv-parse/sync";
import { readMarkup } from "../../support/markup";
import { withFolder } from "../../support/platform";
import { providerPlatform } from "../../support/provider";
import { pulumiSection } from "../../support/provider-command";
import { fresh } from "../../support/stores";

describe("pulumi-section golive", function () {
    this.timeout(60_000);

    it("writes the sheet in every format, to stdout or a file", () =>
        withFolder(async (folder) => {
            const { url, token, api } = await providerPlatform();
            const hostname = `${fresh("www")}.acme.example`;
            const name = fresh("Acme ");
            await api.makeSite(name, hostname);
            const environment = { SECTION_ENDPOINT: url, SECTION_TOKEN: token, SECTION_RESOLVER: "none" };
            const run = (...args: string[]) => pulumiSection(["golive", ...args], { environment });
            const markdown = await run(hostname.toUpperCase());
            assert.deepEqual([markdown.code, markdown.stderr], [0, ""]);
            assert.match(markdown.stdout, new RegExp(`^# Going live: ${hostname} of ${name}`));
            assert.equal(parse((await run(name, "--format", "csv")).stdout, { columns: true }).length, 1);
            const { client, domains, steps } = JSON.parse((await run(name, "--json")).stdout);
            assert.deepEqual(
                [client.name, domains[0].record.value, steps.length],
                [name, `${hostname}.c.section.io`, 7],
            );
            const text = await run(name, "--format", "text");
            assert.match(text.stdout, new RegExp(`^Going live: ${name} \\(\\d+\\): 1 hostname: 0 live`));
            assert.ok(!/[|#]/.test(text.stdout), "no Markdown in a terminal");
            const file = path.join(folder, "acme.html");
            const written = await run(hostname, "--out", file);
            assert.deepEqual([written.code, written.stdout, written.stderr], [0, "", `written to ${file}\n`]);
            assert.deepEqual((await readMarkup(await readFile(file, "utf8"))).errors, []);
            const nowhere = await run(hostname, "--out", path.join(folder, "none", "acme.md"));
            assert.match(nowhere.stderr, /acme\.md cannot be written \(ENOENT\)\. Name a file in a folder that exists/);
            for (const { stdout, stderr } of [markdown, written, nowhere])
                assert.ok(!(stdout + stderr).includes(token));
        }));

    it("refuses who is nobody's name, with the nearest, and a format that it has not; shows examples", async () => {
        const { url, token, api } = await providerPlatform();
        const name = fresh("Bakery ");
        await api.must("POST", "/account", { name });
        const environment = { SECTION_ENDPOINT: url, SECTION_TOKEN: token, SECTION_RESOLVER: "none" };
        const unknown = await pulumiSection(["golive", `${name}x`], { environment });
        assert.deepEqual([unknown.code, unknown.stdout], [1, ""]);
        assert.match(
            unknown.stderr,
            new RegExp(
                `there is no organization or site ${name}x that this token can see\\. Check the name; the nearest ones are ${name}, `,
            ),
        );
        assert.match(
            (await pulumiSection(["golive", name, "--format", "pdf"], { environment })).stderr,
            /Allowed choices are markdown, text, csv, html/,
        );
        assert.match(
            (await pulumiSection(["golive", "--help"], { environment })).stdout,
            /Examples:\n {2}\$ pulumi-section golive Acme/,
        );
    });
});
