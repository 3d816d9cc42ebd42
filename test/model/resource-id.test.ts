import assert from "node:assert/strict";
import fc from "fast-check";
import {
    applicationIdSchema,
    applicationSchema,
    domainSchema,
    emailSchema,
    environmentIdSchema,
    environmentNameSchema,
    environmentSchema,
    issuesOf,
    membershipSchema,
    organizationIdSchema,
    parseApplicationId,
    parseDomainId,
    parseEnvironmentId,
    parseMembershipId,
    parseOrganizationId,
    resourceId,
    teamSchema,
} from "section-model";
import { requireSome } from "../support/require-some";

const isRead = (parse: (text: string) => unknown, text: string) => {
    try {
        parse(text);
        return true;
    } catch {
        return false;
    }
};

// texts near an id: each part right, nearly right or anything
const part = fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom("1335", "1", "2147483647", "Staging", "Production", "a@b.example") },
    fc.constantFrom("", " ", "0", "01", "+1", "1e3", "2147483648", "99999999999", "HEAD", "create", "my-env", "1a"),
    fc.nat().map(String),
    fc.string(),
);
const text = fc.array(part, { minLength: 1, maxLength: 5 }).map((parts) => parts.join("/"));

const account = fc.integer({ min: 1, max: 2 ** 31 - 1 });
const letters = fc
    .stringMatching(/^[A-Za-z][A-Za-z0-9]{0,20}$/)
    .filter((name) => environmentNameSchema.safeParse(name).success);
const email = fc
    .tuple(fc.stringMatching(/^[a-z0-9/.+-]{1,20}$/), fc.domain())
    .map(([user, host]) => `${user}@${host}`)
    .filter((address) => emailSchema.safeParse(address).success);

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

    for (const [wrong, parse] of [
        ["", parseOrganizationId],
        [" 1335", parseOrganizationId],
        ["01335", parseOrganizationId],
        ["1335/jane", parseMembershipId],
        ["1335/7171/my-env", parseEnvironmentId],
        ["1335/7171/HEAD", parseEnvironmentId],
        ["1335/7171/Staging/", parseDomainId],
        ["1335/7171/Staging/www.acme .example", parseDomainId],
        ["abc", parseOrganizationId],
        ["0", parseOrganizationId],
        ["2147483648", parseOrganizationId],
        ["1335", parseApplicationId],
        ["1335/7171/", parseEnvironmentId],
        ["1335//Staging", parseEnvironmentId],
        ["1/2/3/4/5", parseDomainId],
    ] as const) {
        it(`refuses ${JSON.stringify(wrong)} and quotes it`, () => {
            assert.throws(
                () => parse(wrong),
                (error: Error) => error.message.includes(`"${wrong}"`),
            );
        });
    }

    for (const [kind, schema, parse, right] of [
        ["organization", organizationIdSchema, parseOrganizationId, [account]],
        ["application", applicationIdSchema, parseApplicationId, [account, account]],
        ["environment", environmentIdSchema, parseEnvironmentId, [account, account, letters]],
    ] as const)
        it(`takes as declared what it reads as the id of an ${kind}, and nothing else`, () => {
            let taken = 0;
            // by chance alone hardly one of a hundred texts is an id
            const ids = fc.tuple(...(right as readonly fc.Arbitrary<unknown>[])).map((parts) => parts.join("/"));
            fc.assert(
                fc.property(fc.oneof({ weight: 9, arbitrary: text }, ids), (each) => {
                    const isTaken = schema.safeParse(each).success;
                    taken += Number(isTaken);
                    assert.equal(isTaken, isRead(parse, each), each);
                }),
                { numRuns: 2_000 },
            );
            assert.ok(taken > 100, `${taken} of the texts were ids`);
        });

    it("writes what it reads and reads what it writes, whatever the parts are", () => {
        const place = { organization: account, application: account, environment: letters };
        for (const [parts, write, parse] of [
            [{ organization: account }, resourceId.organization, parseOrganizationId],
            [{ organization: account, email }, resourceId.membership, parseMembershipId],
            [{ organization: account, application: account }, resourceId.application, parseApplicationId],
            [place, resourceId.environment, parseEnvironmentId],
            [{ ...place, hostname: fc.domain() }, resourceId.domain, parseDomainId],
        ] as const)
            fc.assert(
                fc.property(fc.record(parts as Record<string, fc.Arbitrary<unknown>>), (id) => {
                    const written = write(id as never);
                    assert.deepEqual(parse(written), { ...id });
                    assert.equal(write(parse(written) as never), written);
                }),
            );
    });

    it("is refused where a program declares it, with the property's name and the shape", () => {
        const wrong = [
            "99999999999/1",
            "1335/01",
            " 1335/7171",
            "1335/7171/Staging/x",
            "1335//7171",
            "www.acme.example",
        ];
        const role = "admin";
        for (const [schema, rest, property, texts, shape] of [
            [teamSchema, { members: { "jane@agency.example": role } }, "organization", wrong, "1335"],
            [membershipSchema, { email: "jane@agency.example", role }, "organization", ["99999999999"], "1335"],
            [applicationSchema, { hostname: "www.acme.example" }, "organization", wrong, "1335"],
            [environmentSchema, { name: "Production" }, "application", wrong, "1335/7171"],
            [domainSchema, { hostname: "www.acme.example" }, "environment", wrong, "1335/7171/Staging"],
        ] as const)
            for (const id of requireSome(texts)) {
                const { error } = schema.safeParse({ ...rest, [property]: id });
                assert.ok(error, `${property} ${id}`);
                const issues = issuesOf(error);
                assert.deepEqual(
                    issues.map((issue) => issue.property),
                    [property],
                );
                assert.ok(issues[0]?.reason.endsWith(`, such as ${shape}`), issues[0]?.reason);
            }
    });

    it("that is missing is not called a wrong one", () => {
        for (const environment of [undefined, null, ""]) {
            const { error } = domainSchema.safeParse({ hostname: "www.acme.example", environment });
            assert.deepEqual(error && issuesOf(error).map(({ reason }) => reason), [
                "has no value: declare the id of an Environment, or see why the resource that gives it failed",
            ]);
        }
    });
});
