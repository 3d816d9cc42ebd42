import assert from "node:assert/strict";
import { AxiosError, type AxiosResponse } from "axios";
import { type Problem, problems } from "section-model";
import type { Connection } from "../../client/connection";
import { failureOf, refusalOf as refusalAt } from "../../client/failure";

const endpoint = "https://s.example";
const connection: Connection = { endpoint, token: "secret" };
const setBy = { endpoint: "SECTION_ENDPOINT", token: "section:token" };

const response = (status: number, data: unknown, headers = {}) =>
    ({ status, data, headers, config: { method: "post", url: "/user/token" } }) as unknown as AxiosResponse;
const refusalOf = (answer: AxiosResponse, at = connection) => refusalAt(answer, at);

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

    it("keeps the remedy that a platform with codes puts at the end, and adds no other one", () => {
        const message = "this token may only read. Use a token of scope write.";
        assert.equal(refusalOf(response(403, { message, code: "forbidden" })).message, message);
        const plain = refusalOf(response(403, { message: "Admin privileges are required. Sorry." }));
        assert.equal(
            plain.message,
            "Admin privileges are required. Sorry. Ask an admin of the organization for the needed role.",
        );
    });

    it("of a token names the setting that it comes from, the endpoint, the reason and the remedy", () => {
        const known = { ...connection, setBy };
        const forbidden = { message: "this token may only read. Use a token of scope write.", code: "forbidden" };
        const unauthorized = {
            message: "API request is unauthorized. Send a valid API token.",
            code: "unauthenticated",
        };
        const ended = {
            message: "this token expired on 2026-11-28 (API request is unauthorized). Make a new API token.",
            code: "token-ended",
        };
        assert.deepEqual(
            [forbidden, unauthorized, ended].map(
                (body) => refusalOf(response(body === forbidden ? 403 : 401, body), known).message,
            ),
            [
                "https://s.example refuses this to the token from section:token: this token may only read. Use a token of scope write.",
                "https://s.example does not know the token from section:token: it is mistyped, revoked or expired (API request is unauthorized). Put a valid token of that endpoint into section:token.",
                "https://s.example refuses the token from section:token: this token expired on 2026-11-28 (API request is unauthorized). Make a new one there, and put it into section:token.",
            ],
        );
    });

    it("says how long to wait where the endpoint says so, as a person does not see its headers", () => {
        const { remedy } = problems["rate-limited"];
        const said = (status: number, message: string, wait?: string) =>
            refusalOf(response(status, { message }, wait === undefined ? {} : { "retry-after": wait })).message;
        assert.deepEqual(
            [
                said(429, `more than 200 an hour. ${remedy}.`, "3000"),
                said(429, "Slow down", new Date(Date.now() + 90_500).toUTCString()).replace(/8\d|9[01]/, "90"),
                said(503, "busy", "1"),
                said(429, "more than 200 an hour"),
            ],
            [
                "more than 200 an hour. Try again in 50 minutes.",
                "Slow down. Try again in 90 seconds.",
                "busy (POST /user/token). Try again in 1 second.",
                `more than 200 an hour. ${remedy}.`,
            ],
        );
        assert.doesNotMatch(said(500, "oops", "7"), /seconds/);
        const own = { message: "the disk is full. Free some space.", code: "overloaded" };
        assert.match(refusalOf(response(503, own, { "retry-after": "60" })).message, /Free some space\.$/);
    });

    it("of the platform's own making carries the request and its id, and is uncertain", () => {
        const problem = refusalOf(
            response(500, { message: "oops" }, { "aperture-tx-id": "260102030405.000001", "retry-after": "7" }),
        );
        assert.match(problem.message, /^oops \(POST \/user\/token, request id 260102030405\.000001\)/);
        assert.deepEqual(
            [problem.isUncertain, problem.retryAfterSeconds, refusalOf(response(400, {})).isUncertain],
            [true, 7, false],
        );
    });
});

describe("no answer", () => {
    const error = (code: string, at = connection) =>
        failureOf(
            new AxiosError("x", code, {
                baseURL: "https://s.example/api/v1",
                headers: { "section-token": "secret" },
            } as never),
            at,
        ) as Problem;

    it("is uncertain unless nobody was there, and never holds the token", () => {
        assert.deepEqual(
            [error("ECONNRESET").isUncertain, error("ECONNREFUSED").isUncertain, error("ECONNABORTED").message],
            [
                true,
                false,
                "https://s.example did not answer in time. Check SECTION_ENDPOINT and the network, then run again.",
            ],
        );
        assert.ok(
            !JSON.stringify([error("ECONNRESET"), (error("ECONNRESET").cause as Error).message]).includes("secret"),
        );
        const other = new Error("x");
        assert.equal(failureOf(other, connection), other);
    });
});
