import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import * as pulumi from "@pulumi/pulumi";
import * as section from "pulumi-section";
import { originKeys, originPorts } from "section-model";
import { requireSome } from "../support/require-some";

const folder = path.resolve("docs/reference");
const read = (page: string) => readFileSync(path.join(folder, `${page}.md`), "utf8");
/** `ClientSite` -> `client-site`. */
const pageOf = (name: string) => name.replaceAll(/(?<=[a-z])(?=[A-Z])/g, "-").toLowerCase();

/** The classes that a program makes: resources, components and the provider. */
const classes = Object.entries(section)
    .filter(([, value]) => typeof value === "function" && value.prototype instanceof pulumi.Resource)
    .map(([name]) => name);

/** Those that the platform has: no components, and not the provider. */
const resources = classes.filter((name) => {
    const { prototype } = Reflect.get(section, name) as { prototype: unknown };
    return prototype instanceof pulumi.CustomResource && !(prototype instanceof pulumi.ProviderResource);
});

describe("the reference pages", () => {
    for (const name of requireSome(classes))
        it(`have one of ${name}, with three examples or more, arguments and errors or checks`, () => {
            const text = read(pageOf(name));
            assert.equal(text.split("\n", 1)[0], `# ${name}`);
            const [, examples = ""] = /^## Examples$(.*?)^## /ms.exec(text) ?? [];
            assert.ok((examples.match(/^<!-- file: /gm)?.length ?? 0) >= 3, "three examples");
            assert.match(text, /^## Arguments$/m);
            assert.match(text, /^## (Errors|What a preview checks)$/m);
        });

    for (const name of requireSome(resources))
        it(`say of ${name} what an id looks like, how one that exists is read and imported, and the errors`, () => {
            const partOf = (title: string) =>
                new RegExp(`^## ${title}$(.*?)^## `, "ms").exec(`${read(pageOf(name))}\n## `)?.[1] ?? "";
            const [, id] = /^`id` is .* such as `(\S+)`\.$/m.exec(partOf("Outputs")) ?? [];
            assert.ok(id, "the outputs begin with the id");
            assert.match(partOf("Outputs"), /^\| `\w+` \| /m);
            const existing = partOf("If it exists already");
            const [, given] = new RegExp(`section\\.${name}\\.get\\("([\\w-]+)", "${id}"\\)`).exec(existing) ?? [];
            assert.ok(given, "get has the same id");
            assert.ok(
                existing.includes(`\`pulumi import section:index:${name} ${given} ${id}\``),
                "import has it, too",
            );
            assert.match(partOf("Errors"), /^\| `[\w-]+` \| .+ \| .+ \|$/m);
        });

    it("have every property of an origin, and the ports that it may have", () => {
        const [, table = ""] = /^### OriginArgs$(.*?)^### /ms.exec(read("environment")) ?? [];
        const names = [...table.matchAll(/^\| `(\w+)` \|/gm)].map(([, name]) => name);
        assert.deepEqual(names, Object.keys(originKeys));
        const [, port = ""] = /^\| `httpPort` \|(.*)$/m.exec(table) ?? [];
        for (const each of originPorts) assert.match(port, new RegExp(`\\b${each}\\b`));
    });

    it("say which arguments replace", () => {
        const replacing = (page: string) =>
            [...read(page).matchAll(/^\| `(\w+)` \|.*\| \*\*replaces\*\* \|/gm)].map(([, name]) => name);
        assert.deepEqual(replacing("application"), ["organization", "hostname"]);
        assert.deepEqual(replacing("environment"), ["application", "name"]);
        assert.deepEqual(replacing("organization"), []);
    });
});
