import assert from "node:assert/strict";
import { createApplication, deleteApplication, listApplications } from "../../../platform/service/applications";
import { createEnvironment, listEnvironments } from "../../../platform/service/environments";
import { splitApplication } from "../../../platform/service/splits";
import { insertEnvironment } from "../../../platform/store/environments";
import { makeMember, sharedContext } from "../../support/context";
import { fresh } from "../../support/stores";

describe("split use cases", () => {
    async function site() {
        const context = await sharedContext();
        const member = await makeMember(context);
        const { id } = await createApplication(context, member, {
            hostname: `${fresh("spl")}.acme.example`,
            origin: "192.0.2.1",
        });
        return { context, member, id };
    }

    it("wait until what they copy is settled", async () => {
        const { context, member, id } = await site();
        await insertEnvironment(context.store.database, member.accountId, id, "Half");
        await assert.rejects(splitApplication(context, member, id, "/shop/"), {
            code: "overloaded",
            retryAfterSeconds: 1,
        });
    });

    it("are taken back when what they copy is deleted meanwhile", async () => {
        const { context, member, id } = await site();
        const shop = await splitApplication(context, member, id, "/shop/");
        const repositories = Object.assign(Object.create(context.repositories), {
            exists: async (key: never) => {
                await context.repositories.remove({ accountId: member.accountId, applicationId: shop.id });
                return context.repositories.exists(key);
            },
        });
        await assert.rejects(splitApplication({ ...context, repositories }, member, shop.id, "/shop/cart/"), {
            code: "not-found",
        });
        assert.equal((await listApplications(context, member)).length, 2, "no third");
        await deleteApplication(context, member, shop.id);
        assert.equal((await splitApplication(context, member, id, "/shop/")).path_prefix, "/shop/");
    });

    it("belong to their account and count against its limit", async () => {
        const { context, member, id } = await site();
        await assert.rejects(splitApplication(context, await makeMember(context), id, "/shop/"), { code: "not-found" });
        const limited = { ...context, options: { ...context.options, applicationLimit: 1 } };
        await assert.rejects(splitApplication(limited, member, id, "/shop/"), { code: "system-limit" });
    });

    it("an environment is made in all or in none: a branch of its name in one of them refuses it", async () => {
        const { context, member, id } = await site();
        const shop = await splitApplication(context, member, id, "/shop/");
        const key = { accountId: member.accountId, applicationId: shop.id };
        await context.repositories.createBranch(
            key,
            "Staging",
            "Production",
            { author: member.caller, message: "a feature" },
            () => new Map(),
        );
        const request = { name: "Staging", from: "Production", hostname: `s.${fresh("spl")}.acme.example` };
        await assert.rejects(
            createEnvironment(context, member, id, request),
            new RegExp(`application ${shop.id} has an environment or branch Staging already`),
        );
        assert.equal((await listEnvironments(context, member, id)).length, 1);
        await context.repositories.deleteBranch(key, "Staging");
        await createEnvironment(context, member, id, request);
        assert.equal((await listEnvironments(context, member, shop.id)).length, 2);
    });
});
