import assert from "node:assert/strict";
import { AxiosError, type AxiosResponse } from "axios";
import type { Problem } from "section-model";
import { failureOf, refusalOf } from "../../client/failure";

const response = (status: number, data: unknown, headers = {}) =>
    ({ status, data, headers, config: { method: "post", url: "/account" } }) as unknown as AxiosResponse;

describe("what a platform refuses", () => {
    it("keeps code and message, and says the remedy once", () => {
        const problem = refusalOf(
            response(404, {
                message: "there is no account 5. Check the id and the token's organization.",
                code: "not-found",
            }),
        );
        assert.deepEqual(
            [problem.code, problem.message],
            ["not-found", "there is no account 5. Check the id and the token's organization."],
        );
    });

    it("is understood by status where there is no code", () => {
        const code = (status: number, data: unknown = {}) => refusalOf(response(status, data)).code;
        assert.deepEqual(
            [400, 401, 403, 404, 405, 410, 412, 413, 429, 500, 503].map((status) => code(status)),
            [
                "invalid-input",
                "unauthenticated",
                "forbidden",
                "not-found",
                "unsupported",
                "account-deleted",
                "head-moved",
                "body-too-large",
                "rate-limited",
                "internal",
                "overloaded",
            ],
        );
        assert.equal(code(403, { code: "hostname-taken" }), "hostname-taken");
        assert.equal(code(403, { code: "constructor" }), "forbidden");
        assert.match(refusalOf(response(400, { messages: ["one", "two"] })).message, /^one; two/);
        assert.match(refusalOf(response(418, "teapot")).message, /^the platform answered 418/);
    });

    it("of the platform's own making carries the request and its id, and is uncertain", () => {
        const problem = refusalOf(
            response(500, { message: "oops" }, { "aperture-tx-id": "260102030405.000001", "retry-after": "7" }),
        );
        assert.match(problem.message, /^oops \(POST \/account, request id 260102030405\.000001\)/);
        assert.deepEqual(
            [problem.isUncertain, problem.retryAfterSeconds, refusalOf(response(400, {})).isUncertain],
            [true, 7, false],
        );
    });
});

describe("no answer", () => {
    it("is uncertain unless nobody was there, and never holds the token", () => {
        const error = (code: string) =>
            failureOf(
                new AxiosError("x", code, {
                    baseURL: "https://s.example/api/v1",
                    headers: { "section-token": "secret" },
                } as never),
            ) as Problem;
        assert.deepEqual(
            [error("ECONNRESET").isUncertain, error("ECONNREFUSED").isUncertain, error("ECONNABORTED").detail],
            [true, false, "https://s.example/api/v1 did not answer in time"],
        );
        assert.ok(
            !JSON.stringify([error("ECONNRESET"), (error("ECONNRESET").cause as Error).message]).includes("secret"),
        );
        const other = new Error("x");
        assert.equal(failureOf(other), other);
    });
});
