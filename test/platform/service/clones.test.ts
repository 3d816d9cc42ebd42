import assert from "node:assert/strict";
import { createApplication, listApplications } from "../../../platform/service/applications";
import { cloneApplication } from "../../../platform/service/clones";
import { isHostnameTaken } from "../../../platform/store/domains";
import { listRecords } from "../../../platform/store/zone-records";
import { insertZone } from "../../../platform/store/zones";
import { makeMember, sharedContext } from "../../support/context";
import { fresh } from "../../support/stores";

describe("clone use cases", () => {
    it("belong to the account of their template and count against its limit", async () => {
        const context = await sharedContext();
        const member = await makeMember(context);
        const { id } = await createApplication(context, member, {
            hostname: `${fresh("cl")}.acme.example`,
            origin: "192.0.2.1",
        });
        const request = { hostname: `${fresh("cl")}.acme.example` };
        await assert.rejects(cloneApplication(context, await makeMember(context), id, request), { code: "not-found" });
        const limited = { ...context, options: { ...context.options, applicationLimit: 1 } };
        await assert.rejects(cloneApplication(limited, member, id, request), { code: "system-limit" });
        assert.equal((await cloneApplication(context, member, id, request)).name, request.hostname);
    });

    it("are taken back, hostname and record too, when the template is deleted meanwhile", async () => {
        const context = await sharedContext();
        const member = await makeMember(context);
        const zone = `${fresh("cl")}.example`;
        await insertZone(context.store.database, member.accountId, zone);
        const { id } = await createApplication(context, member, { hostname: `www.${zone}`, origin: "192.0.2.1" });
        await context.repositories.remove({ accountId: member.accountId, applicationId: id });
        await assert.rejects(cloneApplication(context, member, id, { hostname: `clone.${zone}` }), {
            code: "not-found",
        });
        assert.equal((await listApplications(context, member)).length, 1);
        assert.equal(await isHostnameTaken(context.store.database, `clone.${zone}`), false);
        const names = (await listRecords(context.store.database, member.accountId, zone)).map(({ name }) => name);
        assert.deepEqual(names, [`www.${zone}`]);
        await context.repositories.create({ accountId: member.accountId, applicationId: id }, "Production", {
            files: new Map(),
            author: member.caller,
            message: "x",
            date: new Date(),
        });
    });
});
