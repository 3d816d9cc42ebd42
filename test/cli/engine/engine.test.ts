import assert from "node:assert/strict";
import { isProblem } from "section-model";
import { runEngine } from "../../../cli/engine/engine";
import { readStackConfig } from "../../../cli/engine/stack-config";
import { withEngine } from "../../support/engine-script";

describe("the engine as the commands run it", () => {
    it("gives words and exit code, in a folder and with variables of choice", () =>
        withEngine('echo "$* in $PWD with $COLOUR"; echo careful >&2; exit 3', async (folder) => {
            const result = await runEngine(["preview", "a b"], { cwd: folder, environment: { COLOUR: "blue" } });
            assert.deepEqual(result, {
                code: 3,
                stdout: `--non-interactive preview a b in ${folder} with blue\n`,
                stderr: "careful\n",
            });
        }));

    it("that is missing is said so with the remedy", () =>
        withEngine(undefined, () =>
            assert.rejects(
                runEngine(["version"]),
                (error) => isProblem(error) && /pulumi cannot be started here \(ENOENT\)\. Install/.test(error.message),
            ),
        ));

    it("tells the config of a stack, and nothing of it where there is none", async () => {
        await withEngine('[ "$6" = prod ] && echo \'{"section:endpoint":{"value":"https://a.example"}}\'', async () => {
            assert.equal((await readStackConfig({ stack: "prod" })).get("section:endpoint"), "https://a.example");
            assert.equal((await readStackConfig({ stack: "other" })).get("section:endpoint"), undefined);
        });
        await withEngine(undefined, async () =>
            assert.equal((await readStackConfig()).get("section:endpoint"), undefined),
        );
    });
});
