import assert from "node:assert/strict";
import { createApplication } from "../../../platform/service/applications";
import {
    createEnvironment,
    deleteEnvironment,
    getEnvironment,
    getHead,
    listCommits,
    listEnvironmentNames,
    listEnvironments,
    requireEnvironment,
} from "../../../platform/service/environments";
import { makeMember, sharedContext } from "../../support/context";
import { fresh } from "../../support/stores";

describe("environment use cases", () => {
    it("ten of one name at once make one, and one hostname is not given twice", async () => {
        const context = await sharedContext();
        const member = await makeMember(context);
        const hostname = `${fresh("ten")}.acme.example`;
        const { id } = await createApplication(context, member, { hostname, origin: "192.0.2.1" });
        const attempts = await Promise.allSettled(
            Array.from({ length: 10 }, (_, index) =>
                createEnvironment(context, member, id, {
                    name: "Staging",
                    from: "Production",
                    hostname: `s${index}.${hostname}`,
                }),
            ),
        );
        assert.equal(attempts.filter(({ status }) => status === "fulfilled").length, 1);
        assert.deepEqual(await listEnvironmentNames(context, member, id), ["Production", "Staging"]);
        assert.equal((await getEnvironment(context, member, id, "Staging")).domains.length, 1);
        const [, staging] = await listEnvironments(context, member, id);
        assert.deepEqual(staging?.head, await getHead(context, member, id, "Staging"));
        assert.equal((await listCommits(context, member, id, "Staging", { limit: 10 })).length, 2);
    });

    it("belong to their account, and Production to its application", async () => {
        const context = await sharedContext();
        const member = await makeMember(context);
        const stranger = await makeMember(context);
        const { id } = await createApplication(context, member, {
            hostname: `${fresh("pro")}.acme.example`,
            origin: "192.0.2.1",
        });
        await assert.rejects(requireEnvironment(context.store.database, stranger, id, "Production"), {
            code: "not-found",
        });
        await assert.rejects(deleteEnvironment(context, member, id, "Production"), { code: "environment-protected" });
    });
});
