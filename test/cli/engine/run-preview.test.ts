import assert from "node:assert/strict";
import { runPreview } from "../../../cli/engine/run-preview";
import { withEngine } from "../../support/engine-script";
import { previewText } from "../../support/preview";

const endsWith = (code: number, severity: string) =>
    `cat <<'END'\n${previewText([], [{ severity, message: `${severity}: twice\n` }])}\nEND\nexit ${code}`;

describe("a preview that a command runs", () => {
    it("is refused by an error of the program too, after which the engine ends with 0", async () => {
        const isPossible = async (script: string) => {
            let answer: boolean | undefined;
            await withEngine(script, async () => {
                answer = (await runPreview()).isPossible;
            });
            return answer;
        };
        assert.equal(await isPossible(endsWith(0, "warning")), true);
        assert.equal(await isPossible(endsWith(0, "error")), false);
        assert.equal(await isPossible(endsWith(255, "error")), false);
    });

    it("that could not run says why", () =>
        withEngine("echo 'error: no stack selected' >&2; exit 255", () =>
            assert.rejects(runPreview(), /pulumi preview failed: no stack selected/),
        ));
});
