import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { rm } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { type RunningPlatform, startPlatform, withFolder } from "../support/platform";
import { mustPulumi } from "../support/pulumi";

const run = promisify(execFile);

describe("the examples", () => {
    let platform: RunningPlatform;
    before(async () => {
        platform = await startPlatform();
    });
    after(() => platform.close());

    /** `npm start` and the story of YAML programs run these. */
    const runElsewhere = ["agency", "agency-yaml"];
    const programs = readdirSync("examples").filter(
        (name) => !runElsewhere.includes(name) && existsSync(path.join("examples", name, "Pulumi.yaml")),
    );
    /** A second `up` goes on where the first one waits for people to look. */
    const waits = ["promotion-gate"];
    for (const name of programs) {
        it(`${name} goes from nothing to an empty preview and back`, () =>
            withFolder(async (folder) => {
                const cwd = path.resolve("examples", name);
                const options = {
                    cwd,
                    folder,
                    environment: { SECTION_ENDPOINT: platform.url, SECTION_TOKEN: platform.token },
                };
                try {
                    await mustPulumi(["stack", "init", "story"], options);
                    assert.match(
                        await mustPulumi(["up", "--yes", "--stack", "story"], options),
                        /\+ (\d+) to create.*\+ \1 created/s,
                    );
                    if (waits.includes(name))
                        assert.match(
                            await mustPulumi(["up", "--yes", "--stack", "story"], options),
                            /~ 1 to update.*~ 1 updated/s,
                        );
                    assert.doesNotMatch(
                        await mustPulumi(["preview", "--stack", "story"], options),
                        /to (create|update|delete|replace)/,
                    );
                    await mustPulumi(["destroy", "--yes", "--skip-preview", "--stack", "story"], options);
                    assert.deepEqual(await platform.api.get("/account"), []);
                } finally {
                    await rm(path.join(cwd, "Pulumi.story.yaml"), { force: true });
                }
            }));
    }

    it("embedded-platform runs and ends by itself", async () => {
        const { stdout } = await run(process.execPath, ["--import", "tsx", "examples/embedded-platform/index.ts"]);
        assert.match(
            stdout,
            /^organization 1, application 1, clone it from PLATFORM\/account\/1\/application\/1\/www\.acme\.example\.git$/m,
        );
    });
});
