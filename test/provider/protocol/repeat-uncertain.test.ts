import assert from "node:assert/strict";
import { Problem } from "section-model";
import { Unfinished } from "../../../provider/nouns/noun";
import { repeatUncertain } from "../../../provider/protocol/repeat-uncertain";
import { thing } from "../../support/thing";

describe("what is repeated", () => {
    it("what got no answer is looked at again, what was refused is not", async () => {
        let attempts = 0;
        const flaky = thing({
            ensure: async (_session, inputs) => {
                attempts += 1;
                if (attempts < 3) throw new Problem("unreachable", "the reply was lost", { isUncertain: true });
                return { id: "a", outputs: inputs };
            },
        });
        await flaky.create({ name: "a" });
        assert.equal(attempts, 3);
        attempts = 0;
        const refusing = thing({
            remove: async () => {
                attempts += 1;
                throw new Problem("forbidden", "no");
            },
        });
        await assert.rejects(refusing.delete("b", {}), /thing b: no\. Ask an admin/);
        assert.equal(attempts, 1);
    });

    it("is also what was half made, three times at most", async () => {
        const lost = new Problem("unreachable", "the reply was lost", { isUncertain: true });
        let attempts = 0;
        await assert.rejects(
            repeatUncertain(async () => {
                attempts += 1;
                throw new Unfinished({ id: "a", outputs: {} }, lost);
            }),
            Unfinished,
        );
        assert.equal(attempts, 3);
    });

    it("tells what was made, also where a later attempt does not come so far", async () => {
        const lost = new Problem("unreachable", "the reply was lost", { isUncertain: true });
        let attempts = 0;
        const work = async () => {
            attempts += 1;
            throw attempts === 1 ? new Unfinished({ id: "a", outputs: {} }, lost) : lost;
        };
        await assert.rejects(repeatUncertain(work), (error) => error instanceof Unfinished && error.found.id === "a");
    });
});
