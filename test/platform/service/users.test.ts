import assert from "node:assert/strict";
import { addUser, getUser, requireUser, updateUser } from "../../../platform/service/users";
import { makeMember, sharedContext } from "../../support/context";
import { fresh } from "../../support/stores";

describe("user use cases", () => {
    it("adding one who exists keeps who they are and gives the new password", async () => {
        const context = await sharedContext();
        const email = `${fresh("Ada")}@agency.example`;
        const ada = await addUser(context, { email, firstName: "Ada" });
        const again = await addUser(context, { email: email.toLowerCase(), password: "correct horse battery" });
        assert.deepEqual([again.id, again.first_name, again.email, again.verified], [ada.id, "Ada", email, true]);
        assert.match(again.password_hash as string, /^\$argon2id\$/);
        assert.equal((await requireUser(context, email.toUpperCase())).id, ada.id);
        await assert.rejects(
            requireUser(context, "nobody@agency.example"),
            /there is no user nobody@agency\.example\. Add the user first\./,
        );
        await assert.rejects(addUser(context, { email: "x" }), /must be an e-mail address/);
        await assert.rejects(
            addUser(context, { email, password: "short" }),
            /the password must have 10 to 256 characters/,
        );
    });

    it("people change their own details", async () => {
        const context = await sharedContext();
        const { caller } = await makeMember(context);
        assert.equal((await updateUser(context, caller, { companyName: "Acme" })).company_name, "Acme");
        assert.equal((await getUser(context, caller)).first_name, "Mina");
        await assert.rejects(getUser(context, { ...caller, userId: 999_999 }), { code: "unauthenticated" });
    });
});
