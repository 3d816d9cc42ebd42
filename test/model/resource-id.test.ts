import assert from "node:assert/strict";
import {
    parseApplicationId,
    parseDomainId,
    parseEnvironmentId,
    parseMembershipId,
    parseOrganizationId,
    resourceId,
} from "section-model";

describe("resource-id", () => {
    it("reads what it writes", () => {
        assert.equal(resourceId.organization(parseOrganizationId("1335")), "1335");
        assert.equal(resourceId.membership(parseMembershipId("1335/jane@agency.example")), "1335/jane@agency.example");
        assert.equal(resourceId.application(parseApplicationId("1335/7171")), "1335/7171");
        assert.equal(resourceId.environment(parseEnvironmentId("1335/7171/Staging")), "1335/7171/Staging");
        assert.equal(
            resourceId.domain(parseDomainId("1335/7171/Staging/www.acme.example")),
            "1335/7171/Staging/www.acme.example",
        );
    });

    for (const [text, parse] of [
        ["", parseOrganizationId],
        ["abc", parseOrganizationId],
        ["0", parseOrganizationId],
        ["2147483648", parseOrganizationId],
        ["1335", parseApplicationId],
        ["1335/7171/", parseEnvironmentId],
        ["1335//Staging", parseEnvironmentId],
        ["1/2/3/4/5", parseDomainId],
    ] as const) {
        it(`refuses ${JSON.stringify(text)} and quotes it`, () => {
            assert.throws(
                () => parse(text),
                (error: Error) => error.message.includes(`"${text}"`),
            );
        });
    }
});
