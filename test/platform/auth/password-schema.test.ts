import assert from "node:assert/strict";
import { passwordSchema } from "../../../platform/auth/password-schema";

describe("a password", () => {
    it("is long enough to protect and short enough to hash", () => {
        for (const text of ["ten chars.", "x".repeat(256)]) assert.ok(passwordSchema.safeParse(text).success, text);
        for (const text of ["nine char", "", "x".repeat(257), 1_234_567_890]) {
            const { error } = passwordSchema.safeParse(text);
            assert.match(error?.issues[0]?.message ?? "", /must have 10 to 256 characters|must be a password/);
        }
    });
});
