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
        const count = async (table: "links" | "attempts", end: Date) =>
            (await context.store.database.selectFrom(table).where("expires_at", "<=", end).selectAll().execute())
                .length;
        const inDays = (days: number) => ({ ...context, now: () => new Date(Date.now() + days * 86_400_000) });
        await removeExpired(context);
        const later = inDays(29);
        const end = later.now();
        assert.ok((await count("links", end)) > 0 && (await count("attempts", end)) > 0);
        await removeExpired(later);
        assert.deepEqual([await count("links", end), await count("attempts", end)], [0, 0]);
        assert.equal((await requireUser(context, email)).email, email);
        await removeExpired(inDays(31));
        await assert.rejects(requireUser(context, email), { code: "not-found" });
    });
});
