import assert from "node:assert/strict";
import { readGraph } from "../../../client/graph";
import { describeApplication, describeOrganization } from "../../../provider/lookup/describe";
import { openTestSession } from "../../support/provider";
import { fresh } from "../../support/stores";

describe("what a look-up tells of the graph", () => {
    it("asks nothing where the graph says it, and says the same where it has to ask", async () => {
        const { client, platform } = await openTestSession();
        const hostname = `${fresh("described")}.acme.example`;
        const { account } = await platform.api.makeSite("Described", hostname);
        const detailed = (await readGraph(client)).find(({ id }) => id === account) ?? assert.fail("not in the graph");
        const [application = assert.fail("no application")] = detailed.applications;
        const plain = { ...application, environments: application.environments.map(({ name }) => ({ name })) };
        const told = await describeApplication(client, account, application);
        assert.deepEqual(await describeApplication(client, account, plain), told);
        assert.equal(told.environments[0]?.domains[0]?.hostname, hostname);
        const organization = await describeOrganization(client, detailed);
        assert.deepEqual(
            await describeOrganization(client, { id: account, name: "Described", applications: [plain] }),
            organization,
        );
        assert.equal(organization.members?.[0]?.email, "olga@agency.example");
    });
});
