import assert from "node:assert/strict";
import { availableParallelism } from "node:os";
import { hashPassword, isPassword } from "../../../platform/auth/password";

/** Passwords that are checked at the same time on this machine. */
const atOnce = availableParallelism() > 2 ? 2 : 1;

describe("a password", () => {
    it("is kept as argon2id and recognised", async () => {
        const hash = await hashPassword("correct horse battery");
        assert.match(hash, /^\$argon2id\$/);
        assert.deepEqual(
            [
                await isPassword(hash, "correct horse battery"),
                await isPassword(hash, "wrong horse battery"),
                await isPassword(null, "x"),
                await isPassword(undefined, "x"),
                await isPassword(hash, "x".repeat(300)),
            ],
            [true, false, false, false, false],
        );
        await assert.rejects(
            hashPassword("too short"),
            /the password must have 10 to 256 characters\. Choose another one\./,
        );
    });

    it("is checked after it was admitted, and the result is settled before the next one's turn", async () => {
        const hash = await hashPassword("correct horse battery");
        const story: string[] = [];
        const check = (name: string, password: string) =>
            isPassword(hash, password, {
                admit: async () => void story.push(`${name} begins`),
                settle: async (isRight) => {
                    await new Promise((resolve) => setTimeout(resolve, 20));
                    story.push(`${name} is ${isRight}`);
                },
            });
        await Promise.all(
            ["a", "b", "c", "d"].map((name) =>
                check(name, name === "b" ? "correct horse battery" : "wrong horse battery"),
            ),
        );
        for (const [index, name] of ["a", "b", "c", "d"].entries()) {
            const settled = story
                .slice(0, story.indexOf(`${name} begins`))
                .filter((line) => line.includes(" is ")).length;
            assert.ok(settled >= index - 1, `at most two at once: ${story.join()}`);
        }
        assert.ok(story.includes("b is true") && story.includes("a is false"));
        await assert.rejects(isPassword(hash, "x", { admit: () => Promise.reject(new Error("not now")) }), /not now/);
        assert.ok(await isPassword(hash, "correct horse battery"), "one who was refused leaves no gap");
    });

    it("is refused when too many wait, and the others are answered", async () => {
        const hash = await hashPassword("correct horse battery");
        const answers = await Promise.allSettled(
            Array.from({ length: 110 }, () => isPassword(hash, "correct horse battery", { admit: async () => {} })),
        );
        const busy = answers
            .filter((answer) => answer.status === "rejected")
            .map(({ reason }) => [reason.code, reason.retryAfterSeconds]);
        assert.deepEqual(busy, Array(110 - 100 - atOnce).fill(["overloaded", 5]));
        assert.ok(answers.every((answer) => answer.status === "rejected" || answer.value));
    });
});
