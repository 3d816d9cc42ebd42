import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import path from "node:path";
import { openStackHere } from "../harness/stack";
import { type RunningPlatform, startPlatform, withFolder } from "../support/platform";
import { requireSome } from "../support/require-some";

const examples = path.resolve("examples/reference");

/** A file as a program: it runs anew in its own folder, and its exports are the outputs. */
function programOf(file: string) {
    return async () => {
        const before = process.cwd();
        process.chdir(path.dirname(file));
        try {
            delete require.cache[file];
            return { ...(require(file) as Record<string, unknown>) };
        } finally {
            process.chdir(before);
        }
    };
}

describe("the examples of the reference pages", () => {
    let platform: RunningPlatform;
    before(async () => {
        platform = await startPlatform();
    });
    after(() => platform.close());

    const files = readdirSync(examples, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".ts"));
    for (const name of requireSome(files))
        it(`${name} goes from nothing to an empty preview and back`, () =>
            withFolder(async (folder) => {
                const environment = { SECTION_ENDPOINT: platform.url, SECTION_TOKEN: platform.token };
                const program = programOf(path.join(examples, name));
                const stack = await openStackHere({ folder, program, name: "north", environment });
                await stack.setConfig("story:endpoint", platform.url);
                await stack.setConfig("story:token", platform.token, true);
                await stack.setConfig("story:otherToken", await platform.tokenFor("olga@agency.example"), true);
                const { changes } = await stack.up();
                assert.ok((changes.create ?? 0) > 1, JSON.stringify(changes));
                await stack.destroy();
                assert.deepEqual(await platform.api.get("/account"), []);
            }));
});
