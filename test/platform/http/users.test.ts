import assert from "node:assert/strict";
import { fresh, onEveryPlatform } from "../../support/stores";

onEveryPlatform("users over HTTP", (platform) => {
    it("see and change their own details only", async () => {
        const { signUp } = platform();
        const email = `${fresh("ada")}@lovelace.example`;
        const ada = await signUp(email);
        const before = await ada.get("/user");
        assert.deepEqual([before.email, before.verified, before.requires2fa, before.email_hash.length], [email, true, false, 32]);
        const after = await ada.must("POST", "/user", { last_name: "Lovelace", id: 1, email: "other@lovelace.example" });
        assert.deepEqual({ ...before, last_name: "Lovelace" }, after, "nothing else has changed");
    });
});
