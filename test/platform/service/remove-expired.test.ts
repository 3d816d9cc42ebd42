import assert from "node:assert/strict";
import { register } from "../../../platform/service/registrations";
import { removeExpired } from "../../../platform/service/remove-expired";
import { requireUser } from "../../../platform/service/users";
import { sharedContext } from "../../support/context";
import { fresh } from "../../support/stores";

describe("what has expired", () => {
    it("is removed, and a registration after a month", async () => {
        const context = await sharedContext();
        const email = `${fresh("forgotten")}@agency.example`;
        const person = {
            password: "correct horse battery",
            firstName: "",
            lastName: "",
            companyName: "",
            phoneNumber: "",
        };
        await register(context, { email, ...person }, fresh("network"));
        const count = async (table: "links" | "attempts") =>
            (await context.store.database.selectFrom(table).selectAll().execute()).length;
        const inDays = (days: number) => ({ ...context, now: () => new Date(Date.now() + days * 86_400_000) });
        await removeExpired(context);
        assert.ok((await count("links")) > 0 && (await count("attempts")) > 0);
        await removeExpired(inDays(29));
        assert.deepEqual([await count("links"), await count("attempts")], [0, 0]);
        assert.equal((await requireUser(context, email)).email, email);
        await removeExpired(inDays(31));
        await assert.rejects(requireUser(context, email), { code: "not-found" });
    });
});
