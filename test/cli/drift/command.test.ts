import assert from "node:assert/strict";
import { chmod, mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { findDeclaration } from "../../../cli/engine/find-declaration";
import * as dynamic from "../../../provider/dynamic";
import { nouns } from "../../../provider/nouns/nouns";
import { Lifecycle } from "../../../provider/protocol/lifecycle";
import { itBothWays, stateNow, typeNow } from "../../support/both-ways";
import { makeClaim } from "../../support/claims";
import { startFaultProxy } from "../../support/fault-proxy";
import { withFolder } from "../../support/platform";
import { openTestSession, type TestSession } from "../../support/provider";
import { type CommandResult, pulumiSection } from "../../support/provider-command";
import { fresh } from "../../support/stores";

const secretOf = (value: unknown) => ({
    "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
    plaintext: JSON.stringify(value),
});

interface Declared {
    kind: string;
    name: string;
    id: string;
    inputs: Record<string, unknown>;
    outputs?: Record<string, unknown>;
    more?: Record<string, unknown>;
}

/** What `pulumi stack export --show-secrets` says of a resource. */
function recorded({ kind, name, id, inputs, outputs = inputs, more }: Declared): unknown {
    const type = `pulumi-nodejs:dynamic/section:${kind[0]?.toUpperCase()}${kind.slice(1)}`;
    const __provider = `exports.handler=()=>require("pulumi-section/dynamic").${kind}`;
    const urn = `urn:pulumi:seen::agency::${type}::${name}`;
    return {
        urn,
        type,
        id,
        custom: true,
        inputs: { ...inputs, __provider },
        outputs: { ...outputs, __provider, __v: 1 },
        provider: "urn::default::1",
        ...more,
    };
}

/**
 * Runs the command in a folder whose stack has this state: an engine that does nothing but say so, and refuses to be
 * used otherwise.
 */
function runDrift(
    resources: unknown[],
    args: string[],
    environment: Record<string, string>,
    programs: Record<string, string> = {},
    begun: unknown[] = [],
): Promise<CommandResult> {
    let result: CommandResult | undefined;
    return withFolder(async (folder) => {
        const state = path.join(folder, "state.json");
        const document = { version: 3, deployment: { resources, pending_operations: begun } };
        await writeFile(state, JSON.stringify(stateNow(document)));
        const bin = path.join(folder, "bin");
        const cwd = path.join(folder, "program");
        await mkdir(bin);
        await mkdir(cwd);
        for (const [file, text] of Object.entries(programs)) {
            await mkdir(path.dirname(path.join(cwd, file)), { recursive: true });
            await writeFile(path.join(cwd, file), text);
        }
        const script = `#!/bin/sh\n[ "$2 $3 $4" = "stack export --show-secrets" ] || { echo "engine: $*"; exit 7; }\ncat ${state}\n`;
        await writeFile(path.join(bin, "pulumi"), script);
        await chmod(path.join(bin, "pulumi"), 0o755);
        result = await pulumiSection(["drift", ...args], {
            cwd,
            environment: { ...environment, PATH: `${bin}${path.delimiter}${process.env.PATH}` },
        });
    }).then(() => result as CommandResult);
}

const settingsOf = ({ platform }: TestSession, url = platform.url) => ({
    SECTION_ENDPOINT: url,
    SECTION_TOKEN: platform.token,
});

describe("the drift command", function () {
    this.timeout(60_000);

    it("knows every resource that there is", () => {
        const kinds = Object.entries(dynamic).flatMap(([kind, handler]) =>
            handler instanceof Lifecycle ? [kind] : [],
        );
        assert.deepEqual(Object.keys(nouns).sort(), kinds.sort());
    });

    it("shows no secret, whatever it prints", async () => {
        const session = await openTestSession();
        const { account, application, gitUrl } = await session.platform.api.makeSite(
            "Acme",
            `${fresh("secret")}.acme.example`,
        );
        const id = `${account}/${application}`;
        const inputs = {
            application: id,
            name: "Production",
            origin: { address: secretOf("hush-1.example"), hostHeader: "www.acme.example" },
            ipBlacklist: [secretOf("198.51.100.7"), "198.51.100.8"],
            config: {
                "varnish/key.txt": secretOf("hush-2\n"),
                "varnish/open.txt": "open\n",
                "varnish/like.txt": 'api_key = "hush-3-hush"\n',
            },
        };
        const outputs = {
            application: id,
            name: "Production",
            gitUrl,
            head: "0".repeat(40),
            origin: secretOf({ address: "hush-1.example" }),
            ipBlacklist: [],
            files: { "varnish/key.txt": "1", "varnish/open.txt": "2", "varnish/like.txt": "3" },
            hostnames: [],
        };
        const environment = recorded({
            kind: "environment",
            name: "production",
            id: `${id}/Production`,
            inputs,
            outputs,
        });
        const site = recorded({
            kind: "application",
            name: "www",
            id,
            inputs: { organization: String(account), hostname: "www.acme.example" },
        });
        const text = await runDrift([site, environment], [], settingsOf(session));
        assert.equal(text.code, 2, text.stderr);
        assert.match(text.stdout, /^ {4}environment .*Production \(production\)\n/m);
        assert.match(text.stdout, /origin\.address: a secret, not shown\n/);
        assert.match(text.stdout, /origin\.hostHeader: "www\.acme\.example" -> nothing\n/);
        assert.match(text.stdout, /ipBlacklist: a secret, not shown\n/);
        assert.match(text.stdout, /config\["varnish\/key\.txt"\]: a secret, not shown\n/);
        assert.match(
            text.stdout,
            /config\["varnish\/open\.txt"\], which is gone\n.*\n.*\n {10}@@ -1,1 \+0,0 @@\n {10}-open\n/,
        );
        const json = await runDrift([site, environment], ["--json"], settingsOf(session));
        const [finding] = JSON.parse(json.stdout).drifted;
        assert.deepEqual(
            [finding.state, finding.id, finding.application.hostname],
            ["changed", `${id}/Production`, "www.acme.example"],
        );
        assert.deepEqual(
            finding.differences.find(({ property }: { property: string }) => property === "origin.address"),
            { property: "origin.address", isSecret: true, declared: "[secret]", found: "[secret]", author: null },
        );
        const code = await runDrift([site, environment], ["--absorb"], settingsOf(session));
        assert.match(code.stdout, /origin: \{.*address: \/\* a secret: read it where it is kept \*\/.*\},\n/);
        assert.match(code.stdout, /\/\/ config: remove "varnish\/open\.txt"\n/);
        for (const { stdout, stderr } of [text, json, code]) assert.doesNotMatch(stdout + stderr, /hush|198\.51/);
    });

    it("absorbs a file once, however many sites are made from it, and names them", async () => {
        const session = await openTestSession();
        const hostname = `${fresh("shared")}.acme.example`;
        const { account, application, gitUrl } = await session.platform.api.makeSite("Acme", hostname);
        const staging = { name: "Staging", source_environment_name: "Production", domain_name: `s.${hostname}` };
        await session.platform.api.must(
            "POST",
            `/account/${account}/application/${application}/environment/create`,
            staging,
        );
        const declared = (ttl: string) => `vcl 4.0;\n# ours, ${ttl}\n`;
        const environment = (name: string, ttl: string) => {
            const inputs = {
                application: `${account}/${application}`,
                name,
                config: { "varnish/default.vcl": declared(ttl) },
            };
            const outputs = {
                ...inputs,
                config: undefined,
                gitUrl,
                head: "0".repeat(40),
                files: { "varnish/default.vcl": "0" },
                hostnames: [],
            };
            return recorded({
                kind: "environment",
                name: `acme-${name}`,
                id: `${account}/${application}/${name}`,
                inputs,
                outputs,
            });
        };
        const resources = [environment("Production", "6h"), environment("Staging", "6h")];
        const { stdout } = await runDrift(resources, ["--absorb"], settingsOf(session), {
            "varnish/default.vcl": declared("6h"),
        });
        assert.match(
            stdout,
            /acme-Production .*\n.*\n\/\/ the patch of varnish\/default\.vcl below, which changes acme-Staging too\n/,
        );
        assert.match(
            stdout,
            /acme-Staging .*\n.*\n\/\/ the patch of varnish\/default\.vcl below, which changes acme-Production too\n/,
        );
        assert.equal(stdout.match(/^diff --git a\/varnish\/default\.vcl b\/varnish\/default\.vcl$/gm)?.length, 1);
        const apart = await runDrift(resources, ["--absorb"], settingsOf(session), {
            "varnish/default.vcl": "another text\n",
        });
        assert.match(
            apart.stdout,
            /\/\/ config; there is no patch, because varnish\/default\.vcl has another text than the last up applied\n"varnish\/default\.vcl": `[^`]*set beresp\.grace = 30s;/,
        );
        assert.doesNotMatch(apart.stdout, /diff --git/);
    });

    itBothWays("looks with each provider's own settings, and not at what is no declaration", async () => {
        const session = await openTestSession();
        const { api, url } = session.platform;
        const mine = await api.must("POST", "/account", { name: "Mine" });
        const other = await session.platform.signUp(`${fresh("other")}@agency.example`);
        const theirs = await other.must("POST", "/account", { name: "Theirs" });
        const urn = "urn:pulumi:seen::agency::pulumi:providers:pulumi-nodejs::other";
        const settings = { "section-provider:endpoint": url, "section-provider:token": secretOf(other.token) };
        const provider = {
            urn,
            type: "pulumi:providers:pulumi-nodejs",
            id: "7",
            custom: true,
            inputs: settings,
            outputs: settings,
        };
        const organization = (name: string, id: number, more?: Record<string, unknown>) =>
            recorded({ kind: "organization", name, id: String(id), inputs: { name }, more });
        const resources = [
            provider,
            organization("Mine", mine.id),
            organization("Theirs", theirs.id, { provider: `${urn}::7` }),
            recorded({ kind: "guard", name: "guard", id: "guard", inputs: {} }),
            organization("looked up", 999_999, { external: true }),
            organization("leaving", 999_999, { delete: true }),
            { urn: "urn:pulumi:seen::agency::pulumi:pulumi:Stack::agency", type: "pulumi:pulumi:Stack", custom: false },
            {
                urn: "urn:pulumi:seen::agency::random:index:Pet::pet",
                type: "random:index:Pet",
                id: "x",
                inputs: {},
                outputs: {},
            },
        ];
        const { code, stdout, stderr } = await runDrift(resources, [], settingsOf(session));
        const words = stderr.replaceAll(
            /^(reading the state|looking at resources|looking for what is in no state): .* s\n/gm,
            "",
        ); // where the machine is slow
        assert.deepEqual([code, stdout, words], [0, "no drift: 2 of 2 resources are as declared\n", ""]);
        const reverted = await runDrift(resources, ["--revert", "--yes"], settingsOf(session));
        assert.deepEqual([reverted.code, reverted.stdout], [0, stdout], "nothing is applied where nothing drifted");
    });

    it("prints a team's change person by person, for people and as code", async () => {
        const session = await openTestSession();
        const { api } = session.platform;
        const { id } = await api.must("POST", "/account", { name: "Acme" });
        const email = `${fresh("team")}@agency.example`;
        await api.must("POST", `/account/${id}/user`, { email, accountCapability: "state" });
        const inputs = {
            organization: String(id),
            members: { "gone@agency.example": "readonly", [email]: "readonly" },
        };
        const team = recorded({
            kind: "team",
            name: "acme-team",
            id: String(id),
            inputs,
            outputs: { ...inputs, pending: [] },
        });
        const { code, stdout } = await runDrift([team], [], settingsOf(session));
        assert.equal(code, 2);
        assert.match(stdout, /members\["gone@agency\.example"\]: "readonly" -> nothing\n {8}by somebody\n/);
        assert.match(stdout, new RegExp(`members\\["${email}"\\]: "readonly" -> "state"\n {8}by Olga Owner`));
        const absorbed = await runDrift([team], ["--absorb"], settingsOf(session));
        assert.match(
            absorbed.stdout,
            new RegExp(
                `\n// members: remove "gone@agency\\.example"\n// by Olga .*\n// members\n"${email}": "state",\n$`,
            ),
        );
    });

    itBothWays("targets what drifted, and nothing else, when it reverts; the engine's failure is its own", async () => {
        const session = await openTestSession();
        const { id } = await session.platform.api.must("POST", "/account", { name: "Found" });
        const resource = recorded({ kind: "organization", name: "acme", id: String(id), inputs: { name: "Declared" } });
        const { code, stdout } = await runDrift(
            [resource],
            ["--revert", "--yes", "--stack", "prod"],
            settingsOf(session),
        );
        assert.match(
            stdout,
            new RegExp(
                `\nengine: up --refresh --stack prod --yes --target urn:pulumi:seen::agency::${typeNow("organization")}::acme\n$`,
            ),
        );
        assert.equal(code, 1);
    });

    itBothWays(
        "lists what the stack claimed and its state has neither by claim nor by id; --yes does not count for an empty state",
        async () => {
            const session = await openTestSession();
            const { api } = session.platform;
            const { id: account } = await api.must("POST", "/account", { name: fresh("Left") });
            const people = ["kept", "leaving", "teammate", "theirs", "begun", "lost"].map((name) => ({
                name,
                email: `${fresh(name)}@agency.example`,
                claim: makeClaim(name, name === "theirs" ? "other" : "seen"),
            }));
            for (const { email, claim } of people)
                await api.must("POST", `/account/${account}/user`, { email, accountCapability: "readonly", claim });
            const [kept, leaving, teammate] = people;
            assert.ok(kept && leaving && teammate);
            const membership = ({ name, email, claim }: typeof kept, more?: object) => {
                const inputs = { organization: String(account), email, role: "readonly" };
                const outputs = { ...inputs, __claim: claim.id };
                return recorded({
                    kind: "membership",
                    name,
                    id: `${account}/${email}`,
                    inputs,
                    outputs,
                    more: { ...more },
                });
            };
            const members = { [teammate.email]: "readonly" };
            const team = { organization: String(account), members };
            const resources = [
                membership(kept),
                membership(leaving, { delete: true }),
                recorded({
                    kind: "team",
                    name: "team",
                    id: String(account),
                    inputs: team,
                    outputs: { ...team, pending: [] },
                }),
            ];
            const begun = `urn:pulumi:seen::agency::${typeNow("membership")}::begun`;
            const listed = await runDrift(resources, ["--json"], settingsOf(session), {}, [
                { resource: { urn: begun, type: "" }, type: "creating" },
            ]);
            assert.equal(listed.code, 2, listed.stderr);
            const { left } = JSON.parse(listed.stdout) as {
                left: { name: string; isBegun: boolean; statement: string }[];
            };
            assert.deepEqual(left.map(({ name, isBegun }) => [name, isBegun]).sort(), [
                ["begun", true],
                ["lost", false],
            ]);
            assert.match(left[0]?.statement ?? "", /^new section\.Membership\("/);
            const absorbed = await runDrift(resources, ["--absorb"], settingsOf(session));
            assert.match(
                absorbed.stdout,
                /^\/\/ membership .*: claimed by this stack, and not in its state\nnew section\./m,
            );
            const unasked = await runDrift(resources, ["--left", "remove"], settingsOf(session));
            assert.deepEqual([unasked.code, /nobody can be asked: stdin/.test(unasked.stderr)], [1, true]);

            const stack = { urn: "urn:pulumi:seen::agency::pulumi:pulumi:Stack::agency", type: "pulumi:pulumi:Stack" };
            const empty = await runDrift([stack], ["--left", "remove", "--yes"], settingsOf(session));
            assert.deepEqual([empty.code, /the state has no resource at all/.test(empty.stderr)], [1, true]);
            assert.equal((await api.get(`/account/${account}/user`)).length, 7, "nothing was removed");
            const released = await runDrift(resources, ["--left", "release", "--yes"], settingsOf(session));
            assert.match(released.stdout, /^membership .* stays, and belongs to nobody now$/m);
            assert.match(released.stdout, /\n1 of 2 resources drifted\n$/, "nothing is left");
            await api.must("DELETE", `/account/${account}`);
        },
    );

    it("names what it may not look at, looks at the rest, and fails", async () => {
        const session = await openTestSession();
        const { api, signUp, url } = session.platform;
        const { id } = await api.must("POST", "/account", { name: "Acme" });
        const email = `${fresh("reader")}@agency.example`;
        const reader = await signUp(email);
        await api.must("POST", `/account/${id}/user`, { email, accountCapability: "readonly" });
        const resources = [
            recorded({ kind: "organization", name: "acme", id: String(id), inputs: { name: "Before" } }),
            recorded({
                kind: "membership",
                name: "jane",
                id: `${id}/jane@agency.example`,
                inputs: { organization: String(id), email: "jane@agency.example", role: "admin" },
            }),
            recorded({ kind: "novelty", name: "new", id: `${id}/new`, inputs: {} }),
        ];
        const environment = { SECTION_ENDPOINT: url, SECTION_TOKEN: reader.token as string };
        const { code, stdout } = await runDrift(resources, [], environment);
        assert.equal(code, 1);
        assert.match(stdout, /name: "Before" -> "Acme"\n {8}by somebody\n/);
        assert.match(
            stdout,
            /not looked at: membership .* \(jane\): .* to the token from SECTION_TOKEN: Admin privileges are required/,
        );
        assert.match(
            stdout,
            /not looked at: novelty .* which this version does not know\. Install a newer pulumi-section\./,
        );
        const unreachable = await runDrift(resources, [], { ...environment, SECTION_ENDPOINT: "http://127.0.0.1:9" });
        assert.deepEqual([unreachable.code, unreachable.stdout], [1, ""]);
        assert.match(
            unreachable.stderr,
            /^pulumi-section: http:\/\/127\.0\.0\.1:9, from SECTION_ENDPOINT, cannot be reached/m,
        );
        for (const args of [
            ["--json", "--absorb"],
            ["--absorb", "--revert"],
        ])
            assert.notEqual((await runDrift([], args, environment)).code, 0);
    });

    it("asks an estate by its lists: 185 resources of 5 clients and 20 sites are 28 requests", async () => {
        const session = await openTestSession();
        const { api, url } = session.platform;
        const proxy = await startFaultProxy(url);
        try {
            const resources: unknown[] = [];
            for (let client = 0; client < 5; client += 1) {
                const { id } = await api.must("POST", "/account", { name: `Client ${client}` });
                resources.push(
                    recorded({
                        kind: "organization",
                        name: `client-${client}`,
                        id: String(id),
                        inputs: { name: `Client ${client}` },
                    }),
                );
                for (let site = 0; site < 4; site += 1) {
                    const hostname = `${fresh("estate")}.acme.example`;
                    const made = await api.must("POST", `/account/${id}/application/create`, {
                        hostname,
                        origin: "192.0.2.1",
                    });
                    const place = `${id}/${made.id}`;
                    resources.push(
                        recorded({
                            kind: "application",
                            name: hostname,
                            id: place,
                            inputs: { organization: String(id), hostname },
                            outputs: { organization: String(id), hostname, cname: `${hostname}.c.section.io` },
                        }),
                    );
                    for (let alias = 0; alias < 8; alias += 1) {
                        const name = `a${alias}.${hostname}`;
                        await api.must(
                            "POST",
                            `/account/${id}/application/${made.id}/environment/Production/domain/${name}`,
                        );
                        const inputs = { environment: `${place}/Production`, hostname: name };
                        resources.push(recorded({ kind: "domain", name, id: `${place}/Production/${name}`, inputs }));
                    }
                }
            }
            resources.reverse();
            const { code, stdout } = await runDrift(resources, [], settingsOf(session, proxy.url));
            assert.equal(stdout, `no drift: ${resources.length} of ${resources.length} resources are as declared\n`);
            assert.equal(code, 0);
            const asked = proxy.seen.map(({ path: asked }) => asked);
            assert.equal(new Set(asked).size, asked.length, "something was asked twice");
            assert.equal(
                asked.length,
                1 + 5 + 20 + 2,
                "the organizations, the applications of each, the environments of each; the graph, and whether it has claims",
            );
        } finally {
            await proxy.close();
        }
    });

    it("says where a resource is declared, as far as the program shows it", () =>
        withFolder(async (folder) => {
            await writeFile(path.join(folder, "index.ts"), 'new X("one");\nnew X("two");\nnew Y("two");\n');
            const find = (name: string, noted: string | undefined) =>
                findDeclaration({ name, noted }, folder, new Map());
            assert.equal(await find("one", "index.ts"), "index.ts:1");
            assert.equal(await find("two", "index.ts"), "index.ts");
            assert.equal(await find("three", "gone.ts"), "gone.ts");
            assert.equal(await find("one", undefined), undefined);
        }));
});
