import assert from "node:assert/strict";
import { Problem } from "section-model";
import { z } from "zod";
import { problemOf, problemToWire } from "../../../platform/http/problem-to-wire";

describe("problems on the wire", () => {
    it("are message and, where extensions are on, code", () => {
        const problem = new Problem("not-found", "there is no account 5");
        const message = "there is no account 5. Check the id and the token's organization.";
        assert.deepEqual(problemToWire(problem, true), {
            status: 404,
            headers: {},
            body: { message, code: "not-found" },
        });
        assert.deepEqual(problemToWire(problem, false).body, { message });
        assert.equal(
            problemToWire(new Problem("overloaded", "busy", { retryAfterSeconds: 3 }), true).headers["retry-after"],
            "3",
        );
        assert.match(
            problemToWire(new Problem("push-refused", "no", { lines: ["line one"] }), true).body.message,
            /\nline one$/,
        );
    });

    it("are a list where v1 has one: the lines, else the message", () => {
        const refused = new Problem("certificate-refused", "it was refused", { lines: ["a: is wrong", "b: too"] });
        assert.deepEqual(problemToWire(refused, false, "messages").body, {
            message: `${refused.message}\na: is wrong\nb: too`,
            messages: refused.lines,
        });
        const missing = new Problem("not-found", "there is no domain");
        assert.deepEqual(problemToWire(missing, true, "messages").body, {
            message: missing.message,
            messages: [missing.message],
            code: "not-found",
        });
        const unexpected = problemToWire(new Problem("internal", "git died in /secret"), true, "messages").body;
        assert.deepEqual(unexpected.messages, [unexpected.message], "what nobody expected is one too");
    });

    it("say nothing of what nobody expected", () => {
        for (const error of [
            new Error("password=hush"),
            new Problem("internal", "git died in /secret/path"),
            new Problem("directory-locked", "/secret"),
            "text",
            undefined,
        ]) {
            const { status, body } = problemToWire(problemOf(error ?? {}), true);
            assert.equal(status, 500);
            assert.equal(
                body.message,
                "an unexpected failure stopped this request. Try again; if that fails, report the request id.",
            );
        }
    });

    it("of schemas name every property, of the framework what it meant", () => {
        const { error } = z.object({ a: z.string("must be text"), b: z.number("must be a number") }).safeParse({});
        assert.equal(problemOf(error).detail, "a must be text; b must be a number");
        assert.equal(problemOf({ code: "FST_ERR_CTP_BODY_TOO_LARGE", statusCode: 413 }).code, "body-too-large");
        assert.equal(problemOf({ statusCode: 400 }).code, "invalid-input");
    });

    it("list their reasons where clients expect a list", () => {
        const { error } = z.object({ a: z.string("must be text"), b: z.number("must be a number") }).safeParse({});
        const { body } = problemToWire(problemOf(error), false, "errors");
        assert.deepEqual(body, {
            message: "a must be text; b must be a number. Correct the named property.",
            errors: ["a must be text", "b must be a number"],
        });
        const refused = problemToWire(new Problem("rate-limited", "too often"), false, "messages").body;
        assert.deepEqual(refused.messages, [refused.message]);
        assert.deepEqual(problemToWire(new Problem("internal", "x", { cause: error }), false, "errors").body.errors, [
            "an unexpected failure stopped this request. Try again; if that fails, report the request id.",
        ]);
    });

    it("of a machine that has no room left ask to try again later", () => {
        for (const code of ["ENOSPC", "EDQUOT", "EMFILE"]) {
            const { status, headers } = problemToWire(problemOf(Object.assign(new Error("x"), { code })), true);
            assert.deepEqual([status, Number(headers["retry-after"]) > 0], [503, true], code);
        }
    });
});
