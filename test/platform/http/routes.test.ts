import assert from "node:assert/strict";
import { addressOf } from "../../../platform/http/route";
import { allRoutes } from "../../../platform/http/routes";

/** The operations that v1 marks `x-swagger-section-2fa-bypass-permitted`. */
const machines = [
    /^GET \/api\/v1\/account\/:accountId\/domains$/,
    /^POST \/api\/v1\/account\/:accountId\/domain\/:hostName\/renewCertificate$/,
    /^(GET|POST) \/api\/v1\/account\/:accountId\/domain\/:hostName\/https$/,
    /^GET \/api\/v1\/account\/:accountId\/domain\/:hostName\/verifyEngaged$/,
    /^(POST|DELETE) \/api\/v1\/account\/:accountId\/application\/:applicationId\/environment\/:environmentName\/domain\/:hostName$/,
    /^POST \/api\/v1\/account\/:accountId\/application\/:applicationId\/environment\/:environmentName\/proxy\/:proxyName\/(state|:operationName)$/,
];

/** What a person needs to find out that a second factor is missing, and to set one up. */
const persons = [
    "GET /api/v1/account",
    "GET /api/v1/user",
    "POST /api/v1/user/resendverification",
    "POST /api/v1/user/totp",
    "POST /api/v1/user/totp/confirm",
];

describe("the table of routes", () => {
    it("lets passwords without a second factor do what v1 says, and what it takes to get one", () => {
        const names = new Set<string>();
        for (const route of allRoutes.filter(({ access }) => access !== "anonymous")) {
            const name = `${route.method} ${addressOf(route)}`;
            names.add(name);
            const isExempt = persons.includes(name) || machines.some((pattern) => pattern.test(name));
            assert.equal(route.twoFactorExempt ?? false, isExempt, name);
        }
        assert.deepEqual(
            persons.filter((name) => !names.has(name)),
            [],
            "no such route",
        );
        for (const pattern of machines)
            assert.ok(
                [...names].some((name) => pattern.test(name)),
                `${pattern}`,
            );
    });

    it("has every address once", () => {
        const addresses = allRoutes.map((route) => `${route.method} ${addressOf(route)}`);
        assert.deepEqual(
            addresses.filter((address, index) => addresses.indexOf(address) !== index),
            [],
        );
    });
});
