import assert from "node:assert/strict";
import { Run } from "../../../provider/run/run";
import { thing } from "../../support/thing";

describe("delete", () => {
    it("takes away what no declaration of the same run has, and nothing of another run's", async () => {
        const removed: string[] = [];
        const remove = async (_session: unknown, { id }: { id: string }) => void removed.push(id);
        const [run, other] = [new Run(), new Run()];
        const lifecycle = thing({ remove }, run);
        await lifecycle.create(await lifecycle.check({}, { name: "a" }).then(({ inputs }) => inputs));
        await lifecycle.delete("a", { name: "a" });
        assert.deepEqual(removed, [], "it is declared under another name");
        await lifecycle.delete("b", { name: "b" });
        await thing({ remove }, other).delete("a", { name: "a" });
        assert.deepEqual(removed, ["b", "a"]);
    });
});
