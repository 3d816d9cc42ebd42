import assert from "node:assert/strict";
import { Readable } from "node:stream";
import { createApplication } from "../../../platform/service/applications";
import { listEnvironments } from "../../../platform/service/environments";
import { listModuleInstances, listModuleLogs } from "../../../platform/service/modules";
import { keepPayload, receivePayload } from "../../../platform/service/payloads";
import { applicationArchive } from "../../support/archive";
import { makeMember, sharedContext } from "../../support/context";
import { fresh } from "../../support/stores";

describe("modules of an environment", () => {
    it("run when the account has the upload that the branch names", async () => {
        const context = await sharedContext();
        const [member, stranger] = [await makeMember(context), await makeMember(context)];
        const { id } = await createApplication(context, member, {
            hostname: `${fresh("mod")}.acme.example`,
            origin: "192.0.2.1",
            stackName: "nodejs-basic",
        });
        const [production] = await listEnvironments(context, member, id);
        const place = { environmentId: production?.environment.id as number, moduleName: "nodejs" };
        const key = { accountId: member.accountId, applicationId: id };
        const name = async (text: string) => {
            const files = new Map([["nodejs/.section-external-source.json", Buffer.from(text)]]);
            return (
                await context.repositories.edit(
                    key,
                    "Production",
                    { author: member.caller, message: "deploy" },
                    async () => files,
                )
            ).commit;
        };
        const ask = () => listModuleInstances(context, member.caller, place);
        assert.deepEqual(await ask(), [], "nothing was uploaded");
        for (const text of ["{", "{}", "null", '{"section_payload_id":7}']) {
            await name(text);
            assert.deepEqual(await ask(), [], text);
        }
        const unknown = "00000000-0000-4000-8000-000000000000";
        const first = await name(`{"section_payload_id":"${unknown}"}`);
        assert.deepEqual(await ask(), [
            {
                inService: false,
                state: "Not Running",
                instanceName: `nodejs-${first.slice(0, 10)}`,
                payloadID: unknown,
            },
        ]);
        const payload = await keepPayload(
            context,
            member,
            id,
            await receivePayload(context, Readable.from([await applicationArchive()])),
        );
        const second = await name(`{\n\t"section_payload_id": "${payload}"\n}`);
        assert.deepEqual(await ask(), [
            { inService: true, state: "Running", instanceName: `nodejs-${second.slice(0, 10)}`, payloadID: payload },
        ]);
        assert.deepEqual(await listModuleLogs(context, member.caller, place), []);
        const other = { ...place, moduleName: "other" };
        assert.deepEqual(await listModuleInstances(context, member.caller, other), [], "nothing of it runs");
        await assert.rejects(listModuleLogs(context, member.caller, other), /has no proxy named "other"/);
        for (const list of [listModuleInstances, listModuleLogs]) {
            await assert.rejects(list(context, stranger.caller, place), { message: /^there is no environment \d+\./ });
            await assert.rejects(list(context, member.caller, { ...place, environmentId: 999_999 }), {
                message: /^there is no environment 999999\./,
            });
        }
    });
});
