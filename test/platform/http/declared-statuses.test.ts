import assert from "node:assert/strict";
import { failureStatuses } from "../../../platform/http/route-failures";
import { allRoutes } from "../../../platform/http/routes";
import { requireSome } from "../../support/require-some";
import { Specification } from "../../support/specification";
import { addressFor } from "../../support/v1-requests";
import { startV1World, type V1World } from "../../support/v1-world";

/**
 * Statuses that an operation answers where v1 declares neither them nor `default`, and why. v1 leaves out of most
 * operations what goes for all of them.
 */
const beyond: Record<number, string> = {
    400: "a path, query or body that nothing can be made of, and what the rules of a thing forbid",
    401: "no valid credentials: all operations have them",
    403: "a capability, a scope or a second factor that is missing",
    404: "an account, application, environment or user that there is not, or a thing of an operation without another word",
    408: "a request that does not arrive, before anybody knows for which operation it is",
    413: "a body that is too large",
    429: "too many requests",
    431: "a head that is too large",
    500: "a failure of the platform",
    503: "a platform that is busy, or a thing that is being made at that moment",
};

/** A thing that there is not, its place in a right request, and the status. */
type Missing = [operation: string, parameters: Record<string, string | number>, status: number, query?: string];

const environment = "/account/{accountId}/application/{applicationId}/environment/{environmentName}";
const nowhere = "nowhere.acme.example";

/** Where v1 declares 400 and no 404, it is 400 for all but the account, the application and the environment. */
const missing: Missing[] = [
    [`DELETE ${environment}/domain/{hostName}`, { hostName: nowhere }, 400],
    ["GET /account/{accountId}/zone/{zoneName}", { zoneName: nowhere }, 400],
    ["POST /account/{accountId}/zone/{zoneName}", { zoneName: nowhere }, 400],
    [
        "DELETE /account/{accountId}/zone/{zoneName}/{recordName}/{recordType}",
        { zoneName: nowhere, recordType: "A" },
        400,
    ],
    [
        "DELETE /account/{accountId}/zone/{zoneName}/{recordName}/{recordType}",
        { recordName: "no", recordType: "TXT" },
        400,
    ],
    ["POST /account/{accountId}/domain/{hostName}/https", { hostName: nowhere }, 400],
    ["GET /proxytemplate/initialstate", {}, 400, "proxyTemplateName=nothing"],
    ["GET /account/{accountId}/domain/{hostName}/https", { hostName: nowhere }, 404],
    ["POST /account/{accountId}/domain/{hostName}/renewCertificate", { hostName: nowhere }, 404],
    ["GET /account/{accountId}/domain/{hostName}/verifyEngaged", { hostName: nowhere }, 404],
    ["GET /help/{helpId}", { helpId: "nothing" }, 404],
    [`GET ${environment}/proxy/{proxyName}/configuration`, { proxyName: "nothing" }, 404],
    [`POST ${environment}/proxy/{proxyName}/configuration`, { proxyName: "nothing" }, 404],
    [`POST ${environment}/proxy/{proxyName}/state`, { proxyName: "nothing" }, 404],
    [`POST ${environment}/proxy/{proxyName}/{operationName}`, { proxyName: "nothing" }, 404],
    ["GET /account/{accountId}/user/{userId}", { userId: 999_999 }, 404],
    ["POST /account/{accountId}/user/{userId}", { userId: 999_999 }, 404],
    ["DELETE /account/{accountId}/user/{userId}", { userId: 999_999 }, 404],
    ["DELETE /account/{accountId}/application/{applicationId}", { applicationId: 999_999 }, 404],
    [`GET ${environment}`, { environmentName: "Nowhere" }, 404],
    [`DELETE ${environment}/domain/{hostName}`, { environmentName: "Nowhere" }, 404],
    // v1 declares 500 alone, which is no answer to a wrong name: as every other query of v1 that names nothing
    [`POST ${environment}/outagepage`, {}, 400, "pageName=nothing.html"],
    [`POST ${environment}/outagepage`, { environmentName: "Nowhere" }, 404, "pageName=busy.html"],
];

const bodies: Record<string, unknown> = {
    "POST /account/{accountId}/zone/{zoneName}": {
        recordName: "www",
        recordType: "A",
        ttl: 300,
        recordData: ["192.0.2.1"],
    },
    "POST /account/{accountId}/domain/{hostName}/https": { type: "letsencrypt" },
    "POST /account/{accountId}/user/{userId}": { accountCapability: "readonly" },
    [`POST ${environment}/proxy/{proxyName}/configuration`]: { content: "vcl 4.1;\n" },
};

describe("the statuses that v1 declares", function () {
    this.timeout(120_000);
    let world: V1World;
    before(async () => {
        world = await startV1World("PGlite");
    });
    after(() => world.close());

    it("are gone beyond for the reasons in this table only", async () => {
        const specifications = await Promise.all(
            (["swagger-2023", "spec-2021"] as const).map((name) => Specification.read(name)),
        );
        const declared = new Map<string, Set<string>>();
        for (const { name, answers } of specifications.flatMap(({ operations }) => operations))
            declared.set(name, new Set([...(declared.get(name) ?? []), ...answers.keys()]));
        const undeclared = new Map<number, number>();
        let count = 0;
        for (const route of requireSome(allRoutes.filter(({ root, extension }) => !root && !extension))) {
            const name = `${route.method} ${route.path.replaceAll(/:(\w+)/g, "{$1}")}`;
            const known = declared.get(name);
            assert.ok(known !== undefined, name);
            for (const status of failureStatuses(route, false).keys()) {
                count += 1;
                if (known.has(String(status)) || known.has("default")) continue;
                assert.ok(beyond[status] !== undefined, `${name} answers ${status}, which v1 does not declare`);
                undeclared.set(status, (undeclared.get(status) ?? 0) + 1);
            }
        }
        assert.deepEqual([...undeclared.keys()].sort(), Object.keys(beyond).map(Number), "no reason is left over");
        const words = [...undeclared].sort().map(([status, routes]) => `${status} of ${routes} operations`);
        console.log(`      ${count} failures of ${declared.size} operations; not declared: ${words.join(", ")}`);
    });

    it("decide what is said of a thing that there is not", async () => {
        for (const [operation, parameters, status, query] of missing) {
            const [method = "", path = ""] = operation.split(" ");
            const address = addressFor(path, world.site, { parameters, query });
            for (const url of [world.right.pure, world.right.extended]) {
                const answer = await fetch(`${url}/api/v1${address}`, {
                    method,
                    headers: { "section-token": world.token },
                    body: bodies[operation] === undefined ? undefined : JSON.stringify(bodies[operation]),
                });
                const text = await answer.text();
                assert.equal(answer.status, status, `${operation} ${JSON.stringify(parameters)}: ${text}`);
                assert.match(JSON.parse(text).message, /no|not/, text);
            }
        }
    });

    it("are left where a program asks for an environment alone: a hostname that is not there is gone", async () => {
        const address = addressFor(`${environment}/domain/{hostName}`, world.site, {
            parameters: { hostName: nowhere },
            query: "domain=alone",
        });
        const headers = { "section-token": world.token };
        for (const [url, status] of [
            [world.right.extended, 404],
            [world.right.pure, 400],
        ] as const)
            assert.equal((await fetch(`${url}/api/v1${address}`, { method: "DELETE", headers })).status, status);
    });
});
