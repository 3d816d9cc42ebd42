import assert from "node:assert/strict";
import { Readable } from "node:stream";
import { createAccount } from "../../../platform/service/accounts";
import { createApplication } from "../../../platform/service/applications";
import { commitBranch } from "../../../platform/service/branch-content";
import { makeHousekeeper } from "../../../platform/service/housekeeping";
import { requireSpace } from "../../../platform/service/kept-bytes";
import { keepPayload, receivePayload } from "../../../platform/service/payloads";
import { measureAccount } from "../../../platform/store/repository-sizes";
import { applicationArchive } from "../../support/archive";
import { makeMember, sharedContext } from "../../support/context";
import { fresh } from "../../support/stores";

describe("the bytes that an organization keeps", () => {
    it("are those of its repositories and uploads, and no more come in than the setting allows", async () => {
        const shared = await sharedContext();
        const member = await makeMember(shared);
        const site = () => ({ hostname: `${fresh("bytes")}.acme.example`, origin: "192.0.2.1" });
        const { id: applicationId } = await createApplication(shared, member, site());
        const measure = async () => (await measureAccount(shared.store.database, member.accountId)).keptBytes;
        const keep = () => makeHousekeeper(shared)(new AbortController().signal);
        const commit = async (context = shared, size = 100_000) => {
            const { commit: expected } = (await shared.repositories.head(
                { accountId: member.accountId, applicationId },
                "Production",
            )) as { commit: string };
            return commitBranch(context, member, { applicationId, environment: "Production" }, {
                expected,
                message: "x",
                files: {
                    x: { base64: Buffer.from(crypto.getRandomValues(new Uint8Array(size / 2))).toString("base64") },
                },
            } as never);
        };
        await commit();
        await keep();
        const first = await measure();
        assert.ok(first > 50_000 && first < 100_000, `${first} bytes`);
        const received = await receivePayload(shared, Readable.from(await applicationArchive()));
        await keepPayload(shared, member, applicationId, received);
        assert.equal(await measure(), first + received.bytes);

        const context = { ...shared, options: { ...shared.options, organizationBytes: first + received.bytes + 10 } };
        await requireSpace(context, member.accountId);
        await commit(context, 2_000); // measured within a minute
        await keep();
        const refusal = {
            code: "limit-reached",
            detail: `bytes that this organization keeps in repositories and uploads: at most ${context.options.organizationBytes} (the platform's setting organizationBytes)`,
        };
        await assert.rejects(commit(context), refusal);
        await assert.rejects(createApplication(context, member, site()), refusal);
        await assert.rejects(keepPayload(context, member, applicationId, received), refusal);
        const other = await createAccount(context, member.caller, fresh("Other "));
        await requireSpace(context, other.id);
        await requireSpace({ ...context, options: { ...context.options, organizationBytes: 0 } }, member.accountId);
    });
});
