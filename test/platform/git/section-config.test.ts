import assert from "node:assert/strict";
import { type BranchContent, checkBranch, rewriteSectionConfig } from "../../../platform/git/section-config";

const content = (texts: Record<string, string>, modes: Record<string, string> = {}): BranchContent => ({
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
        const verdict = await checkBranch(content({ "section.config.json": config([{ ...varnish, colour: 1 }]), "varnish/default.vcl": "vcl 4.0;" }), rules);
        assert.deepEqual(verdict, { lines: ["warning: unknown key colour in proxy varnish", "Validating configuration for proxy varnish..."], problems: [] });
    });

    it("names everything that is wrong", async () => {
        assert.deepEqual(await messages({}), ["branch Production has no section.config.json"]);
        assert.match((await messages({ "section.config.json": config([varnish, varnish]), "varnish/a": "" })).join(), /Proxy name 'varnish' stands twice/);
        assert.match(
            (await messages({ "section.config.json": config([{ name: "customerrors", image: "varnish:6.3.1" }]) })).join(),
            /has no folder customerrors\//,
        );
        assert.match(
            (await messages({ "section.config.json": config([{ name: "custom_errors", image: "varnish:6.3.1" }]) })).join(),
            /can only contain alphanumeric/,
        );
        assert.match((await messages({ "section.config.json": config([varnish]), "varnish/x.vcl": " " })).join(), /varnish\/x\.vcl is empty/);
        assert.match((await messages({ "section.config.json": config([], { Production: {} }) })).join(), /environments\.Production has no origin/);
        assert.match(
            (await messages({ "section.config.json": config([], { Production: { origin: { address: "a b" } } }) })).join(),
            /environments\.Production\.origin\.address must be a hostname/,
        );
        assert.match((await messages({ "section.config.json": config([]), link: "x" }, { link: "120000" })).join(), /link is a symbolic link/);
        assert.match((await messages({ "section.config.json": config([]), sub: "x" }, { sub: "160000" })).join(), /sub is a submodule/);
    });

    it("a branch that is no environment may lack the file", async () => {
        assert.deepEqual((await checkBranch(content({}), { ...rules, isEnvironment: false })).problems, []);
    });

    it("a rewrite that changes nothing is none", () => {
        const text = Buffer.from('{"proxychain":[],\n"environments":{}}');
        assert.equal(
            rewriteSectionConfig(text, () => {}),
            undefined,
        );
        assert.equal(
            rewriteSectionConfig(text, ({ environments }) => void Object.assign(environments, { X: {} }))
                ?.get("section.config.json")
                ?.toString(),
            '{\n    "proxychain": [],\n    "environments": {\n        "X": {}\n    }\n}',
        );
    });
});
