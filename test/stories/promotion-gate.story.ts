import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import * as section from "pulumi-section";
import { readPreview } from "../../cli/engine/preview";
import { documentText } from "../../cli/report/document-text";
import { reviewDocument } from "../../cli/review/report";
import { reviewPreview } from "../../cli/review/review";
import { openStack } from "../harness/stack";
import { type RunningPlatform, startPlatform, withFolder } from "../support/platform";
import { cloneSite } from "../support/site-clone";
import { openStack as openEngineStack, type TestStack } from "../support/stack";

const vcl = (line: string) =>
    `vcl 4.0;\n\nbackend default {\n    .host = "next-hop";\n    .port = "80";\n}\n\n# ${line}\n`;
const file = "varnish/default.vcl";

/** What a reviewer gets of a preview that the engine itself wrote, and what the provider told in it. */
function reviewed(document: string) {
    const preview = readPreview(document);
    const review = reviewPreview(preview);
    const told = preview.diagnostics.map(({ message }) => message.trimEnd()).join("\n");
    return { ...review, text: documentText(reviewDocument(review)), told };
}

interface Declared {
    line?: string;
    /** Of Production, beside the promotion. */
    more?: Partial<section.EnvironmentArgs>;
    /** Default: the commit that Staging had before this `up`. */
    promote?: string;
    secret?: string;
}

const program =
    ({ line = "one", more = {}, promote, secret }: Declared = {}) =>
    async () => {
        const acme = new section.Organization("acme", { name: "Acme" });
        const www = new section.Application("www", {
            organization: acme.id,
            hostname: "www.acme.example",
            origin: "production.example.net",
        });
        const staging = new section.Environment("staging", {
            application: www.id,
            name: "Staging",
            hostname: "staging.acme.example",
            config: {
                [file]: vcl(line),
                ...(secret !== undefined && { "varnish/door.vcl": pulumi.secret(`# ${secret}\n`) }),
            },
        });
        const source = more.config === undefined ? { promote: promote ?? staging.seenHead } : {};
        const live = new section.Environment("production", {
            application: www.id,
            name: "Production",
            ...source,
            ...more,
        });
        return { gitUrl: www.gitUrl, staging: staging.head, production: live.head };
    };

for (const extensions of [true, false]) {
    describe(`a promotion that waits until it was seen, on ${extensions ? "this platform" : "pure v1"}`, () => {
        let platform: RunningPlatform;
        beforeEach(async () => {
            platform = await startPlatform({ extensions });
            if (!extensions)
                // v1 makes an organization with its first application only
                await platform.api.must("POST", "/account/create", {
                    name: "Acme",
                    hostname: "www.acme.example",
                    origin: "production.example.net",
                });
        });
        afterEach(() => platform.close());
        // on v1 with extensions, the main path runs on the real engine
        const main = extensions ? openEngineStack : openStack;

        async function withSite(work: (site: Site) => Promise<void>, open = openStack): Promise<void> {
            await withFolder(async (folder) => {
                const stack = await open({
                    folder,
                    program: program(),
                    environment: {
                        SECTION_ENDPOINT: platform.url,
                        SECTION_TOKEN: platform.token,
                        SECTION_ADOPT: "true",
                    },
                });
                const { outputs, stdout } = await stack.up({ empty: false });
                const clone = await cloneSite(folder, platform.token, outputs.gitUrl as string);
                const show = (branch: string, path = file) => clone.show(path, branch);
                await work({ stack, show, said: stdout });
            });
        }

        it("brings each change to Production with the up after the one that brings it to Staging", () =>
            withSite(async ({ stack, show, said }) => {
                assert.match(
                    said,
                    /Production.* waits: the environment that it promotes is new, and goes live with the next/,
                );
                assert.equal(await show("Staging"), vcl("one"));
                assert.notEqual(await show("Production"), vcl("one"), "nobody has seen it on Staging");

                const first = await stack.preview();
                assert.equal(first.changes.update, 1);
                assert.match(first.stdout, /Production of 1\/1 gets the content of [0-9a-f]{10}/);
                assert.match(first.stdout, /file: changed varnish\/default\.vcl\n(.*\n)*? +\+# one/);
                await stack.up();
                assert.equal(await show("Production"), vcl("one"));

                stack.setProgram(program({ line: "two", more: { ipBlacklist: ["198.51.100.0/24"] } }));
                const held = await stack.preview();
                assert.equal(held.changes.update, 2, "Staging, and Production's IP blacklist");
                assert.match(
                    held.stdout,
                    /Production of 1\/1 waits: what this update does to Staging goes live with the next/,
                );
                assert.doesNotMatch(held.stdout, /gets the content of/);
                await stack.up({ empty: false });
                assert.deepEqual([await show("Staging"), await show("Production")], [vcl("two"), vcl("one")]);

                const next = await stack.preview({ json: extensions });
                assert.equal(next.changes.update, 1);
                const { told, text } = extensions ? reviewed(next.stdout) : { told: next.stdout };
                assert.match(told, /-# one\n +\+# two/);
                if (text !== undefined) assert.match(text, /^varnish\/default\.vcl:\n@@ .*\n( .*\n)+-# one\n\+# two$/m);
                await stack.up();
                assert.equal(await show("Production"), vcl("two"));

                await stack.up({ empty: false, replace: ["staging"] });
                assert.equal(await show("Production"), vcl("two"), "a new Staging takes nothing back");
                await stack.up();
                await stack.destroy();
            }, main));
    });
}

describe("a promotion in a preview", () => {
    let platform: RunningPlatform;
    beforeEach(async () => {
        platform = await startPlatform();
    });
    afterEach(() => platform.close());

    async function withStack(work: (stack: TestStack) => Promise<void>, open = openStack): Promise<void> {
        await withFolder(async (folder) => {
            const environment = { SECTION_ENDPOINT: platform.url, SECTION_TOKEN: platform.token };
            await work(await open({ folder, program: program(), environment }));
        });
    }

    it("takes the first digits of a commit, once and for all; refuses those of none", () =>
        withStack(async (stack) => {
            await stack.up({ empty: false });
            const { outputs } = await stack.up();
            const one = outputs.staging as string;
            await stack.up({ empty: false, program: program({ line: "two" }) });
            const { outputs: now } = await stack.up();
            assert.notEqual(now.production, outputs.production);
            const back = program({ line: "two", promote: one.slice(0, 7).toUpperCase() });
            stack.setProgram(back);
            assert.match((await stack.preview()).stdout, new RegExp(`gets the content of ${one.slice(0, 10)}`));
            await stack.up();
            assert.match(await stack.state(), new RegExp(`"promote": ?"${one}"`));
            await stack.refresh();
            const longer = await stack.up({ program: program({ line: "two", promote: one.slice(0, 12) }) });
            assert.equal(longer.changes.update ?? 0, 0);
            stack.setProgram(program({ line: "two", promote: "0123456" }));
            await assert.rejects(
                stack.preview(),
                /promote commit 0123456 is in no branch of this repository: .*Staging is at Olga Owner .*pulumi-section history/s,
            );
            stack.setProgram(program({ line: "two", promote: "012345" }));
            await assert.rejects(stack.preview(), /promote must be the id of a commit, such as staging\.head: 7 to 40/);
        }));

    it("cannot wait for an environment of another provider, whose changes it does not hear of", () =>
        withStack(async (stack) => {
            stack.setProgram(async () => {
                const args = { endpoint: platform.url, token: platform.token };
                const provider = new section.Provider("other", args);
                const acme = new section.Organization("acme", { name: "Acme" });
                const site = { organization: acme.id, hostname: "www.acme.example", origin: "192.0.2.1" };
                const application = new section.Application("www", site).id;
                const staging = new section.Environment("staging", {
                    application,
                    name: "Staging",
                    hostname: "s.acme.example",
                });
                const promote = staging.seenHead;
                new section.Environment("production", { application, name: "Production", promote }, { provider });
            });
            await assert.rejects(
                stack.preview(),
                /production promotes the seenHead of an Environment that has another provider\. Give both the same one/,
            );
        }));

    it("says that nothing changes where config gives way to the same content", () =>
        withStack(async (stack) => {
            await stack.up({ program: program({ more: { config: { [file]: vcl("one") } } }) });
            stack.setProgram(program());
            const { stdout, changes } = await stack.preview({ diff: true });
            assert.equal(changes.update, 1);
            assert.match(
                stdout,
                /Production of 1\/1 has no content changes: it has the content of [0-9a-f]{10} already/,
            );
            // the engine hides the lines that are declared no more
            assert.doesNotMatch(stdout, /next-hop/);
            const { verdict, risks, text } = reviewed((await stack.preview({ json: true })).stdout);
            assert.deepEqual([verdict, risks], ["changes", []]);
            assert.match(text, /content: no content changes/);
            assert.doesNotMatch(text, /removed|default\.vcl|next-hop/);
            await stack.up();
        }, openEngineStack));

    it("shows no file that the program marks as a secret", () =>
        withStack(async (stack) => {
            const [before, after] = ["the door is open", "the door is closed"];
            await stack.up({ empty: false, program: program({ secret: before }) });
            await stack.up();
            await stack.up({ empty: false, program: program({ secret: after, line: "two" }) });
            const { stdout } = await stack.preview({ diff: true });
            assert.match(stdout, /file: changed varnish\/door\.vcl \(a secret, which is not shown\)/);
            assert.match(stdout, /\+# two/);
            for (const word of [before, after]) assert.ok(!stdout.includes(word));
            await stack.up();
        }, openEngineStack));
});

interface Site {
    stack: TestStack;
    /** The text of a file as a branch has it now. */
    show(branch: string, path?: string): Promise<string>;
    /** What the first `up` said. */
    said: string;
}
