import assert from "node:assert/strict";
import { withEngine } from "../../support/engine-script";
import { pulumiSection } from "../../support/provider-command";

describe("the up command", () => {
    const up = (...args: string[]) =>
        pulumiSection(["up", ...args], { environment: { PATH: process.env.PATH as string } });

    it("runs the engine with its options, where the engine has to speak for itself", () =>
        withEngine('[ "$1" = up ] && echo "$*" && exit 0; exit 7', async () => {
            const { code, stdout } = await up("--stack", "prod", "--yes", "--urns");
            assert.deepEqual([code, stdout], [0, "up --stack prod --yes --urns\n"]);
            const asData = await up("--json");
            assert.deepEqual([JSON.parse(asData.stdout), asData.stderr], [{ outcome: "applied", left: [] }, "up\n"]);
        }));

    it("ends with 1 when the engine fails, whatever its code was", () =>
        withEngine("exit 255", async () => {
            assert.equal((await up("--yes")).code, 1);
            assert.deepEqual(JSON.parse((await up("--json")).stdout), { outcome: "failed", left: [] });
        }));
});
