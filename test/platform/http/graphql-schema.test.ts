import assert from "node:assert/strict";
import { parse, validate } from "graphql";
import { rootFor, schema } from "../../../platform/http/graphql-schema";
import { makeMember, sharedContext } from "../../support/context";

describe("the schema of GraphQL", () => {
    it("takes the queries that clients send, word by word", () => {
        for (const query of [
            "mutation { createUserAPIToken }",
            "{ userAPITokens }",
            "query DeploymentStatus($moduleName: String!, $environmentID: Int!){deploymentStatus(moduleName:$moduleName, environmentID:$environmentID){inService state instanceName payloadID}}",
            "query Logs($moduleName: String!, $environmentId: Int!, $instanceName: String, $length: Int){logs(moduleName:$moduleName, environmentId:$environmentId, instanceName:$instanceName, length:$length){timestamp instanceName message type}}",
        ])
            assert.deepEqual(validate(schema, parse(query)), [], query);
        assert.equal(validate(schema, parse("{ userAPITokens { id } }")).length, 1);
    });

    it("looks at what is asked before it looks for it", async () => {
        const context = await sharedContext();
        const { caller } = await makeMember(context);
        const root = rootFor(context, caller);
        const place = { moduleName: "x", environmentId: 999_999 };
        await assert.rejects(root.logs({ ...place, length: 0 }), /length is 0/);
        for (const time of ["2026-13-01T00:00:00Z", "2026-01-01", "now"])
            await assert.rejects(root.logs({ ...place, startTimestampRfc3339: time }), /is no time/, time);
        for (const time of ["", null, "2026-01-01T00:00:00.123+02:00"])
            await assert.rejects(root.logs({ ...place, startTimestampRfc3339: time }), { code: "not-found" });
        assert.equal(
            await rootFor(context, caller)
                .createUserAPIToken({ description: "  " })
                .then((token) => typeof token),
            "string",
        );
        assert.deepEqual(
            (await root.userAPITokens()).map(({ description }) => description),
            ["made with GraphQL"],
        );
    });
});
