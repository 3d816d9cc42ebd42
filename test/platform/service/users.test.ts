import assert from "node:assert/strict";
import { drainOutbox } from "../../../platform/service/outbox";
import { register } from "../../../platform/service/registrations";
import { verifyUserByHand } from "../../../platform/service/user-administration";
import { addUser, getUser, requireUser, updateUser } from "../../../platform/service/users";
import { mailsTo, makeMember, sharedContext } from "../../support/context";
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

    it("a password that a stranger registered does not become that of whom the operator adds", async () => {
        const context = await sharedContext();
        const email = `${fresh("squatted")}@agency.example`;
        const person = { firstName: "", lastName: "", companyName: "", phoneNumber: "" };
        await register(context, { email, password: "of the stranger", ...person }, "192.0.2.1");
        assert.equal((await addUser(context, { email })).password_hash, null);
        const other = `${fresh("believed")}@agency.example`;
        await register(context, { email: other, password: "of the person", ...person }, "192.0.2.1");
        const { verified, password_hash } = await verifyUserByHand(context, other);
        assert.deepEqual([verified, password_hash === null], [true, false], "the operator says that it is theirs");
    });

    it("a new password is told to its user, the first one of a new user is not", async () => {
        const context = await sharedContext();
        const email = `${fresh("told")}@agency.example`;
        await addUser(context, { email, password: "correct horse battery" });
        await addUser(context, { email, firstName: "Ada" });
        await drainOutbox(context);
        assert.deepEqual(await mailsTo(email), []);
        await addUser(context, { email, password: "another horse battery" });
        await drainOutbox(context);
        assert.deepEqual(
            (await mailsTo(email)).map(({ subject }) => subject),
            ["Your password has changed"],
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
