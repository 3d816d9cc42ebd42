import assert from "node:assert/strict";
import { readFile, rm } from "node:fs/promises";
import path from "node:path";
import * as pulumi from "@pulumi/pulumi";
import type { PulumiFn } from "@pulumi/pulumi/automation";
import * as section from "pulumi-section";
import { openHarnessStack } from "../harness/stack";
import { mapSecrets } from "../harness/values";
import { type RunningPlatform, startPlatform, withFolder } from "../support/platform";
import { openStack, type StackOptions, type TestStack } from "../support/stack";

interface Declared {
    name?: string;
    role?: section.Role;
    file?: string;
    shop?: string;
    /** The resource name of the person; the former name is its alias. */
    jane?: string;
    withShop?: boolean;
    site?: string;
    /** Looks up resources that exist already. */
    looksUp?: boolean;
}

const program =
    ({
        name = "Acme",
        role = "readonly",
        file = "{}",
        shop = "shop",
        jane = "jane",
        withShop = true,
        site = "www.acme.example",
        looksUp = false,
    }: Declared = {}): PulumiFn =>
    async () => {
        const acme = new section.Organization("acme", { name });
        new section.Membership(
            jane,
            { organization: acme.id, email: "jane@agency.example", role },
            { aliases: [{ name: "jane" }], deletedWith: acme },
        );
        const www = new section.Application("www", {
            organization: acme.id,
            hostname: site,
            origin: "192.0.2.1",
        });
        new section.Environment("staging", {
            application: www.id,
            name: "Staging",
            // known once the organization is there
            hostname: pulumi.interpolate`staging-${acme.id}.acme.example`,
            config: { "varnish/proxy-features.json": file, "app/note.txt": pulumi.secret(`for ${name}\n`) },
        });
        if (withShop) new section.Domain("shop", { environment: www.production, hostname: `${shop}.acme.example` });
        const found = looksUp ? section.Organization.get("found", "1").name : undefined;
        return { www: www.id, found: found ?? "nothing", note: pulumi.secret("hush") };
    };

/** One side of the comparison: a stack, the platform that it works on, and the calls that its providers got. */
interface Side {
    stack: TestStack;
    platform: RunningPlatform;
    takeCalls(): Promise<unknown[]>;
    readState(): Promise<unknown[]>;
}

async function openSide(folder: string, open: (options: StackOptions) => Promise<TestStack>): Promise<Side> {
    const platform = await startPlatform();
    const file = path.join(folder, `${open.name}.calls`);
    const stack = await open({
        folder,
        program: program(),
        environment: {
            SECTION_ENDPOINT: platform.url,
            SECTION_TOKEN: platform.token,
            NODE_OPTIONS: `--require ${path.resolve("test/harness/record-calls.cjs")}`,
            SECTION_TEST_CALLS: file,
        },
    });
    /** The text without the parts that differ from platform to platform and from minute to minute. */
    const plain = (text: string): string =>
        text
            .replaceAll(platform.url, "<platform>")
            .replaceAll(platform.token, "<token>")
            .replaceAll(/"__claim": ?"[\w-]{16,}"/g, '"__claim":"<claim>"')
            .replaceAll(/"__platform": ?"[\w-]{16} /g, '"__platform":"<identity> ')
            .replaceAll(/\b[0-9a-f]{40}\b/g, "<commit>")
            .replaceAll(/\b[0-9a-f]{8}-[0-9a-f-]{27}\b/g, (id) => (id.startsWith("04da6b54") ? "<unknown>" : "<uuid>"))
            .replaceAll(/\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d+)?( UTC|Z)?/g, "<time>");
    return {
        stack,
        platform,
        takeCalls: async () => {
            const text = await readFile(file, "utf8").catch(() => "");
            await rm(file, { force: true });
            const lines = plain(text).split("\n").filter(Boolean).sort();
            return lines.map((line) => JSON.parse(line));
        },
        readState: async () => {
            const { checkpoint } = JSON.parse(plain(await stack.state()));
            const resources: Record<string, unknown>[] = checkpoint.latest.resources ?? [];
            return resources.map(toComparable).sort((one, other) => (one.urn < other.urn ? -1 : 1));
        },
    };
}

/** A resource of a state, as far as the next operation reads it; secrets are replaced by a mark. */
function toComparable(resource: Record<string, unknown>) {
    const seal = () => "<secret>";
    const { inputs = {}, outputs = {}, dependencies, propertyDependencies = {}, initErrors = [] } = resource;
    const list = (urns: unknown) => [...((urns as string[] | undefined) ?? [])].sort();
    const byKey = Object.entries(propertyDependencies as Record<string, string[]>)
        .filter(([, urns]) => (urns?.length ?? 0) > 0)
        .map(([key, urns]) => [key, list(urns)]);
    const { urn, id, parent, provider, deletedWith } = resource as Record<string, string | undefined>;
    return {
        urn: urn as string,
        id,
        parent,
        provider,
        deletedWith,
        inputs: mapSecrets(inputs, seal),
        outputs: mapSecrets(outputs, seal),
        dependencies: list(dependencies),
        propertyDependencies: Object.fromEntries(byKey),
        initErrors,
    };
}

const linesOf = (text: string) => text.split("\n").map((line) => line.replaceAll(/\s+/g, " ").trim());

describe("the harness", () => {
    it("asks a provider what the engine asks, and remembers what the engine remembers", () =>
        withFolder(async (folder) => {
            const engine = await openSide(folder, openStack);
            const harness = await openSide(folder, openHarnessStack);
            const sides = [engine, harness] as const;

            /** Does the same on both sides and compares all results. */
            const same = async (what: string, work: (side: Side) => Promise<unknown>) => {
                const done = [];
                for (const side of sides) {
                    const answer = await work(side).catch((error: Error) => ({ refused: error.message }));
                    done.push({ answer, calls: await side.takeCalls(), state: await side.readState() });
                }
                const [real, ours] = done as [(typeof done)[0], (typeof done)[0]];
                assert.deepEqual(ours.calls, real.calls, `${what}: other calls`);
                assert.ok(real.calls.length > 0, `${what}: no calls`);
                assert.deepEqual(ours.state, real.state, `${what}: another state`);
                return [real.answer, ours.answer] as [Record<string, unknown>, Record<string, unknown>];
            };
            const sameChanges = async (what: string, work: (side: Side) => Promise<{ changes: unknown }>) => {
                const [real, ours] = await same(what, work);
                assert.deepEqual(ours.changes, real.changes, what);
                return [real, ours] as const;
            };
            const declare = (declared: Declared) => {
                for (const { stack } of sides) stack.setProgram(program(declared));
            };
            const up = ({ stack }: Side) => stack.up({ empty: false });
            const preview = ({ stack }: Side) => stack.preview({ diff: true });

            try {
                await sameChanges("a preview of what is not there", preview);
                await sameChanges("an up that makes everything", up);
                await sameChanges("a preview of what is there", preview);
                declare({ role: "admin", name: "Acme & Sons" });
                const [real, ours] = await sameChanges("a preview of changes", preview);
                const shown = linesOf(String(real.stdout));
                const differences = linesOf(String(ours.stdout)).filter((line) => /^[-+~] /.test(line));
                assert.ok(differences.length >= 3, String(ours.stdout));
                for (const line of differences) assert.ok(shown.includes(line), `${line}\n${real.stdout}`);
                await sameChanges("an up that changes", up);

                declare({ role: "admin", name: "Acme & Sons", file: "{ not json" });
                const refusals = await same("an up that stops in its middle", up);
                for (const { refused } of refusals) assert.match(String(refused), /cannot be parsed as JSON/);
                declare({ role: "admin", name: "Acme & Sons" });
                await sameChanges("a preview of what is to be finished", preview);
                await sameChanges("an up that finishes it", up);

                declare({ role: "admin", name: "Acme & Sons", shop: "store" });
                await sameChanges("a preview of a replacement", preview);
                await sameChanges("an up that replaces", up);

                declare({ role: "admin", name: "Acme & Sons", shop: "store", jane: "jane-doe" });
                await sameChanges("an up with another name for a resource", up);
                const replace = ["www", "shop"];
                await sameChanges("an up that replaces what is named", ({ stack }) =>
                    stack.up({ empty: false, replace }),
                );
                for (const { platform } of sides)
                    await platform.api.must("PATCH", "/account/1", { account_name: "Somebody Else" });
                await sameChanges("a refresh that sees a change", ({ stack }) => stack.refresh());
                await sameChanges("an up that takes it back", up);
                for (const { platform } of sides)
                    await platform.api.must("DELETE", "/account/1/application/1/environment/Staging");
                await sameChanges("a refresh that sees a removal", ({ stack }) => stack.refresh());
                declare({ role: "admin", name: "Acme & Sons", jane: "jane-doe", withShop: false });
                await sameChanges("an up that makes it again and removes another", up);

                const site = "new.acme.example";
                declare({ role: "admin", name: "Acme & Sons", jane: "jane-doe", site, looksUp: true });
                await sameChanges("a preview of a replacement of what others need", preview);
                await sameChanges("an up that replaces what others need", up);
                await sameChanges("a preview of what is there, and looked up", preview);

                declare({ name: "" });
                const invalid = await same("an up that is refused by a check", up);
                for (const { refused } of invalid) assert.match(String(refused), /has a problem: /);
                await sameChanges("a destroy", ({ stack }) => stack.destroy());
                for (const { platform } of sides) assert.deepEqual(await platform.api.get("/account"), []);
            } finally {
                for (const { platform } of sides) await platform.close();
            }
        }));
});
