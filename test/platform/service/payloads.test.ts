import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { Readable } from "node:stream";
import { createApplication, deleteApplication } from "../../../platform/service/applications";
import {
    discardPayload,
    keepPayload,
    listLostPayloads,
    payloadExists,
    receivePayload,
    sweepPayloads,
} from "../../../platform/service/payloads";
import { applicationArchive } from "../../support/archive";
import { makeMember, sharedContext } from "../../support/context";
import { fresh } from "../../support/stores";

describe("uploads", () => {
    it("belong to the account of their application and go with it", async () => {
        const context = await sharedContext();
        const [member, other] = [await makeMember(context), await makeMember(context)];
        const { id } = await createApplication(context, member, {
            hostname: `${fresh("upl")}.acme.example`,
            origin: "192.0.2.1",
        });
        const arrive = async () => receivePayload(context, Readable.from([await applicationArchive()]));
        const payload = await keepPayload(context, member, id, await arrive());
        assert.equal(await payloadExists(context, member.accountId, payload), true);
        assert.equal(await payloadExists(context, other.accountId, payload), false);
        for (const odd of ["", "../x", "nonsense\0", payload.toUpperCase()])
            assert.equal(await payloadExists(context, member.accountId, odd), false, odd);
        const unwanted = await arrive();
        await assert.rejects(keepPayload(context, other, id, unwanted), { code: "not-found" });
        await discardPayload(context, unwanted);
        assert.deepEqual([await sweepPayloads(context, 0), await listLostPayloads(context)], [0, []]);
        const file = context.payloads.file({ accountId: member.accountId, id: payload });
        await deleteApplication(context, member, id);
        assert.ok(existsSync(file));
        assert.equal(await sweepPayloads(context, 3_600_000), 0, "it may have arrived just now");
        assert.equal(await sweepPayloads(context, 0), 1);
        assert.ok(!existsSync(file));
    });
});
