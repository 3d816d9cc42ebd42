import assert from "node:assert/strict";
import { createApplication } from "../../../platform/service/applications";
import { inspectRepositories } from "../../../platform/service/inspect-repositories";
import { makeMember, sharedContext } from "../../support/context";
import { blob, writePack } from "../../support/packs";
import { fresh } from "../../support/stores";

describe("the inspection of every repository", () => {
    it("finds what is damaged, counts as it goes, and ends early when it is told to", async () => {
        const context = await sharedContext();
        const member = await makeMember(context);
        const site = { hostname: `${fresh("insp")}.acme.example`, origin: "192.0.2.1" };
        const { id } = await createApplication(context, member, site);
        const steps: [number, number | undefined][] = [];
        const step = (done: number, total?: number) => void steps.push([done, total]);
        assert.deepEqual(await inspectRepositories(context, { step }), []);
        assert.ok(steps.length > 0);
        assert.deepEqual(steps.at(-1), [steps.length, steps.length]);
        const gitDir = context.repositories.folder({ accountId: member.accountId, applicationId: id });
        const file = await writePack(gitDir, [{ ...blob("abc"), oid: "1".repeat(40) }]);
        const [finding, ...others] = await inspectRepositories(context);
        assert.deepEqual([finding?.kind, others], ["object-damaged", []]);
        assert.match(
            finding?.message ?? "",
            new RegExp(`^object 1{40} in ${file}\\.pack is damaged: its content has the id`),
        );
        assert.deepEqual(await inspectRepositories(context, { hurry: AbortSignal.abort() }), []);
        await context.repositories.remove({ accountId: member.accountId, applicationId: id });
    });
});
