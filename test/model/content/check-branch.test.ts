import assert from "node:assert/strict";
import type { BranchFiles } from "../../../model/content/branch-content";
import { checkBranch } from "../../../model/content/check-branch";

const content = (texts: Record<string, string>, modes: Record<string, string> = {}): BranchFiles => ({
    files: Object.keys(texts).map((path) => ({ path, mode: modes[path] ?? "100644" })),
    read: async (path) => Buffer.from(texts[path] as string),
});
const rules = { branch: "Production", isEnvironment: true, imageExists: (image: string) => image === "varnish:6.3.1" };
const config = (chain: unknown, environments: unknown = { Production: { origin: { address: "a.example" } } }) =>
    JSON.stringify({ proxychain: chain, environments });
const varnish = { name: "varnish", image: "varnish:6.3.1" };
const messages = async (texts: Record<string, string>, modes?: Record<string, string>) =>
    (await checkBranch(content(texts, modes), rules)).problems.map(({ message }) => message);

describe("the check of a branch", () => {
    it("passes what is right, with a line per proxy and warnings for unknown keys", async () => {
        const verdict = await checkBranch(
            content({ "section.config.json": config([{ ...varnish, colour: 1 }]), "varnish/default.vcl": "vcl 4.0;" }),
            rules,
        );
        assert.deepEqual(verdict, {
            lines: ["warning: unknown key colour in proxy varnish", "Validating configuration for proxy varnish..."],
            problems: [],
            proxychain: [varnish],
        });
    });

    it("names everything that is wrong", async () => {
        assert.deepEqual(await messages({}), ["branch Production has no section.config.json"]);
        assert.match(
            (await messages({ "section.config.json": config([varnish, varnish]), "varnish/a": "" })).join(),
            /Proxy name 'varnish' stands twice/,
        );
        assert.match(
            (
                await messages({ "section.config.json": config([{ name: "customerrors", image: "varnish:6.3.1" }]) })
            ).join(),
            /has no folder customerrors\//,
        );
        assert.match(
            (
                await messages({ "section.config.json": config([{ name: "custom_errors", image: "varnish:6.3.1" }]) })
            ).join(),
            /can only contain alphanumeric/,
        );
        assert.match(
            (await messages({ "section.config.json": config([], { Production: {} }) })).join(),
            /environments\.Production has no origin/,
        );
        assert.match(
            (
                await messages({ "section.config.json": config([], { Production: { origin: { address: "a b" } } }) })
            ).join(),
            /environments\.Production\.origin\.address must be a hostname/,
        );
        assert.match(
            (await messages({ "section.config.json": config([]), link: "x" }, { link: "120000" })).join(),
            /link is a symbolic link/,
        );
        assert.match(
            (await messages({ "section.config.json": config([]), sub: "x" }, { sub: "160000" })).join(),
            /sub is a submodule/,
        );
    });

    it("says where section.config.json stops being JSON, behind the words that clients know", async () => {
        assert.deepEqual(await messages({ "section.config.json": '{\n  "proxychain": [],\n}' }), [
            "Error: File section.config.json cannot be parsed as JSON. Check its syntax.",
            'section.config.json:3:1: a property name in "double quotes" is expected',
        ]);
        assert.match((await messages({ "section.config.json": "[]" })).join(), /section\.config\.json: document/);
    });

    it("warns of what is odd and keeps it", async () => {
        const block = {
            origin: { address: "a.example", colour: "red" },
            alternate_origins: { other: { address: "b.example", shape: 1 } },
            ip_blacklist: ["10.0.0.0/8", "::1"],
        };
        const text = config([], { Production: block }).replace('"ip_blacklist"', '"note":1,"note":2,"ip_blacklist"');
        const { lines, problems } = await checkBranch(
            content({ "section.config.json": text, "A.txt": "", "a.txt": "" }),
            rules,
        );
        assert.deepEqual(problems, []);
        assert.deepEqual(lines, [
            "warning: A.txt and a.txt differ in case only: on macOS and Windows one hides the other",
            'warning: section.config.json:1:169: key "note" stands twice; the last one counts',
            "warning: unknown key colour in environments.Production.origin",
            "warning: unknown key shape in environments.Production.alternate_origins.other",
            'warning: environments.Production.ip_blacklist: "::1" is no IPv4 address or range and blocks nobody',
        ]);
        const bad = {
            origin: { address: "a.example" },
            alternate_origins: { other: { address: "b.example", http_port: 81 } },
        };
        assert.match(
            (await messages({ "section.config.json": config([], { Production: bad }) })).join(),
            /alternate_origins\.other\.httpPort must be one of/,
        );
    });

    it("names files that make every clone slow, when a push brought that much", async () => {
        const large = {
            ...content({ "section.config.json": config([]), "large.bin": "" }),
            size: async (path: string) => (path === "large.bin" ? 30 * 2 ** 20 : 10),
        };
        assert.deepEqual((await checkBranch({ ...large, received: 30 * 2 ** 20 }, rules)).lines, [
            "warning: large.bin has 30 MiB, which makes every clone slow",
        ]);
        assert.deepEqual((await checkBranch({ ...large, received: 1000 }, rules)).lines, []);
    });

    it("a branch that is no environment may lack the file", async () => {
        assert.deepEqual((await checkBranch(content({}), { ...rules, isEnvironment: false })).problems, []);
    });

    it("refuses a section.config.json that is too large without reading it, and chains and lists without end", async () => {
        const large: BranchFiles = {
            ...content({ "section.config.json": config([]) }),
            size: async () => 60_000_000,
            read: () => assert.fail("it is read"),
        };
        assert.deepEqual(
            (await checkBranch(large, rules)).problems.map(({ message }) => message),
            ["section.config.json has 60000000 bytes; it may have 1 MiB"],
        );
        const chain = Array.from({ length: 101 }, () => varnish);
        assert.deepEqual(await messages({ "section.config.json": config(chain) }), [
            "the proxychain has 101 proxies; it may have 100",
        ]);
        const origin = { address: "a.example" };
        const alternates = Object.fromEntries(Array.from({ length: 1_001 }, (_, at) => [`o${at}`, origin]));
        const block = { origin, alternate_origins: alternates };
        assert.deepEqual(await messages({ "section.config.json": config([], { Production: block }) }), [
            "environments.Production has 1001 alternate origins; it may have 1000. Push a smaller one.",
        ]);
    });

    it("says so much of what is wrong that a person reads it", async () => {
        const block = { origin: { address: "a.example" }, ip_blacklist: Array.from({ length: 5_000 }, () => "::1") };
        const text = config([], { Production: block });
        const { lines } = await checkBranch(content({ "section.config.json": text }), rules);
        assert.equal(lines.length, 101);
        assert.equal(lines.at(-1), "warning: and 4900 more of this kind");
        const links = Object.fromEntries(Array.from({ length: 300 }, (_, at) => [`link${at}`, ""]));
        const modes = Object.fromEntries(Object.keys(links).map((path) => [path, "120000"]));
        const found = await messages({ "section.config.json": config([]), ...links }, modes);
        assert.deepEqual([found.length, found.at(-1)], [101, "and 200 more problems"]);
        const long = config([{ ...varnish, ["x".repeat(100_000)]: 1 }]);
        const longest = (await checkBranch(content({ "section.config.json": long }), rules)).lines.map(
            ({ length }) => length,
        );
        assert.ok(Math.max(...longest) < 2_100, `${longest}`);
    });
});
