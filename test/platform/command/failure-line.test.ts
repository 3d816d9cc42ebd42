import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createServer } from "node:net";
import { Problem } from "section-model";
import { failureLine } from "../../../platform/command/failure-line";

const failureOf = (work: () => Promise<unknown>) =>
    work().then(
        () => assert.fail("it has to fail"),
        (error) => failureLine(error),
    );

function listen(port: number, host: string): Promise<void> {
    return new Promise((resolve, reject) => {
        const server = createServer();
        server.once("error", reject);
        server.listen(port, host, () => server.close(() => resolve()));
    });
}

describe("a failure in one line", () => {
    it("says what the machine refuses and what to do", async () => {
        const taken = createServer();
        await new Promise<void>((resolve) => taken.listen(0, "127.0.0.1", resolve));
        const { port } = taken.address() as { port: number };
        assert.equal(
            await failureOf(() => listen(port, "127.0.0.1")),
            `127.0.0.1:${port} is in use by another process. Stop that process or choose another port.`,
        );
        taken.close();
        assert.equal(
            await failureOf(() => listen(0, "192.0.2.1")),
            "192.0.2.1 is not an address of this machine. Choose another one.",
        );
        assert.equal(
            await failureOf(() => readFile("/nonexistent/x")),
            "/nonexistent/x does not exist. Correct the name.",
        );
        assert.match(
            failureLine({ code: "EACCES", address: "0.0.0.0", port: 443 }),
            /may not listen on 0\.0\.0\.0:443/,
        );
        assert.match(failureLine({ code: "EACCES", path: "/data" }), /may not use \/data/);
    });

    it("of ours is its message, of others the first line", () => {
        assert.equal(
            failureLine(new Problem("directory-locked", "x is in use", { remedy: "Wait" })),
            "x is in use. Wait.",
        );
        const down = new Problem("overloaded", "the database does not answer", {
            cause: new Error("connect ECONNREFUSED 127.0.0.1:9"),
        });
        assert.match(
            failureLine(down),
            /^the database does not answer \(connect ECONNREFUSED 127\.0\.0\.1:9\)\. Check that it runs/,
        );
        assert.match(failureLine(new Error("one\ntwo")), /^one \(unexpected/);
    });
});
