import assert from "node:assert/strict";
import { createApplication } from "../../../platform/service/applications";
import { listDeployments, recordDeployments } from "../../../platform/service/deployments";
import { makeMember, sharedContext } from "../../support/context";
import { fresh } from "../../support/stores";

describe("deployments", () => {
    it("note environments only, and a failing note does not fail the push", async () => {
        const context = await sharedContext();
        const member = await makeMember(context);
        const { id } = await createApplication(context, member, {
            hostname: `${fresh("dep")}.acme.example`,
            origin: "192.0.2.1",
        });
        const update = (branch: string, after?: string) => ({ branch, before: undefined, after });
        await recordDeployments(context, member, id, [
            update("Production", "a".repeat(40)),
            update("feature", "b".repeat(40)),
            update("Production"),
        ]);
        assert.deepEqual(
            (await listDeployments(context, member, id, "Production")).map(({ commit }) => commit),
            ["a".repeat(40)],
        );
        const warnings: string[] = [];
        await recordDeployments(
            { ...context, warn: (message) => warnings.push(message) },
            { ...member, accountId: "none" as never },
            id,
            [update("Production", "c".repeat(40))],
        );
        assert.deepEqual(warnings, ["a deployment could not be noted"]);
    });
});
