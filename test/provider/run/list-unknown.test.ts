import assert from "node:assert/strict";
import { listUnknown } from "../../../provider/run/list-unknown";

describe("the properties of an object that are none", () => {
    const names = { endpoint: true, token: true };

    it("are named with their place, and with what was probably meant", () => {
        assert.deepEqual(listUnknown({ endpont: 1, token: 2, x: 3 }, names, ["clients", 0]), [
            "clients[0].endpont: is not a known property; did you mean endpoint?",
            "clients[0].x: is not a known property; the known ones are endpoint, token",
        ]);
    });

    it("are not those without a value, nor the engine's own; what is no object has none", () => {
        assert.deepEqual(listUnknown({ endpont: undefined, __defaults: [] }, names), []);
        for (const value of [undefined, null, "endpont"]) assert.deepEqual(listUnknown(value, names), []);
    });
});
