import assert from "node:assert/strict";
import { isProblem, Problem, problemCodes, problems } from "section-model";
import { requireSome } from "../support/require-some";

describe("problem", () => {
    it("gives every code a status, a title and a remedy that reads as a sentence", () => {
        for (const code of requireSome(problemCodes)) {
            const { status, title, remedy } = problems[code];
            assert.ok(status === 0 || (status >= 400 && status < 600), code);
            assert.match(title, /^[A-Z].*[^.]$/, code);
            assert.match(remedy, /^[A-Z].*[^.]$/, code);
        }
    });

    it("says what happened, to what, and what to do", () => {
        const problem = new Problem("last-admin", "jane@agency.example is the last admin of organization 1335");
        assert.equal(
            problem.message,
            "jane@agency.example is the last admin of organization 1335. Make somebody else an admin first.",
        );
        assert.equal(problem.status, 403);
    });

    it("ends each of its two sentences once, also where another program's words end the first", () => {
        const say = (detail: string, remedy?: string) => new Problem("issue-failed", detail, { remedy }).message;
        assert.equal(say("not allowed by policy.", "Ask them."), "not allowed by policy. Ask them.");
        assert.equal(say("it waits ...", "Wait"), "it waits. Wait.");
        assert.equal(say("is it packed?", "Pack it"), "is it packed? Pack it.");
    });

    it("keeps the words that existing clients compare", () => {
        const words = "An application has already been created with domain name www.test.com";
        assert.equal(new Problem("hostname-taken", words).message, words);
    });

    it("prefers the thrower's remedy and keeps cause, lines and request id", () => {
        const cause = new Error("socket");
        const problem = new Problem("unreachable", "http://127.0.0.1:1 refused", {
            remedy: "Start it",
            cause,
            lines: ["a"],
            requestId: "1.2",
        });
        assert.equal(problem.message, "http://127.0.0.1:1 refused. Start it.");
        assert.equal(problem.cause, cause);
        assert.deepEqual([problem.lines, problem.requestId], [["a"], "1.2"]);
    });

    it("is recognised across copies of the package", () => {
        const other = Object.assign(new Error("x"), { name: "Problem", code: "not-found" });
        assert.equal(isProblem(other), true);
        assert.equal(isProblem(Object.assign(new Error("x"), { name: "Problem", code: "toString" })), false);
        assert.equal(isProblem(new Error("x")), false);
    });
});
