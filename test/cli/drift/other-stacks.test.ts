import assert from "node:assert/strict";
import { chmod, writeFile } from "node:fs/promises";
import path from "node:path";
import { findClaimsElsewhere } from "../../../cli/drift/other-stacks";
import { withFolder } from "../../support/platform";

/** Runs with an engine whose backend has these stacks: what it answers for each, undefined where it refuses. */
async function findWith(stacks: Record<string, unknown>): Promise<ReadonlyMap<string, string>> {
    const before = process.env.PATH;
    let found: ReadonlyMap<string, string> | undefined;
    await withFolder(async (folder) => {
        const list = Object.keys(stacks).map((name) => ({ name, resourceCount: name === "bare" ? 0 : 1 }));
        const cases = Object.entries(stacks).map(([name, state]) =>
            state === undefined ? "" : `"stack export --stack ${name}") echo '${JSON.stringify(state)}' ;;\n`,
        );
        const script = `#!/bin/sh\nshift\ncase "$*" in\n"stack ls --all --json") echo '${JSON.stringify(list)}' ;;\n${cases.join("")}*) exit 7 ;;\nesac\n`;
        await writeFile(path.join(folder, "pulumi"), script);
        await chmod(path.join(folder, "pulumi"), 0o755);
        process.env.PATH = `${folder}${path.delimiter}${before}`;
        found = await findWithEngine(folder);
    }).finally(() => {
        process.env.PATH = before;
    });
    assert.ok(found);
    return found;
}

const findWithEngine = (cwd: string) => findClaimsElsewhere({ cwd }, { project: "estate", stack: "prod" });
const stateOf = (...claims: (string | undefined)[]) => ({
    deployment: {
        resources: claims.map((claim) => ({ outputs: claim === undefined ? undefined : { __claim: claim } })),
    },
});

describe("claims in the states of other stacks", () => {
    it("are found in every stack but this one, and those that cannot be read stop nothing", async () => {
        const found = await findWith({
            prod: stateOf("own"),
            dev: stateOf("one", undefined, ""),
            closed: undefined,
            bare: stateOf("none"),
            "organization/shop/prod": stateOf("two"),
        });
        assert.deepEqual(
            [...found],
            [
                ["one", "dev"],
                ["two", "organization/shop/prod"],
            ],
        );
    });
});
