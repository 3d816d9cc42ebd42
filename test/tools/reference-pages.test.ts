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

describe("the reference pages", () => {
    for (const name of requireSome(classes))
        it(`have one of ${name}, with three examples, arguments and errors or checks`, () => {
            const text = read(pageOf(name));
            assert.equal(text.split("\n", 1)[0], `# ${name}`);
            const [, examples = ""] = /^## Examples$(.*?)^## /ms.exec(text) ?? [];
            assert.equal(examples.match(/^<!-- file: /gm)?.length, 3);
            assert.match(text, /^## Arguments$/m);
            assert.match(text, /^## (Errors|What a preview checks)$/m);
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
