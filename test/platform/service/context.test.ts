import assert from "node:assert/strict";
import { signatureOf } from "../../../platform/service/context";

describe("a caller's signature", () => {
    it("is name and address and nothing more", () => {
        assert.deepEqual(signatureOf({ name: "Mina", email: "mina@agency.example", userId: 1 } as never), {
            name: "Mina",
            email: "mina@agency.example",
        });
    });
});
