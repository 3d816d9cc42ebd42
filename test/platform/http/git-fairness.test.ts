import assert from "node:assert/strict";
import { once } from "node:events";
import { ask, beginRequest, formatCommands, lsRefs } from "../../proof/fairness/git-wire";
import { startPlatform } from "../../support/platform";
import { pushFiles } from "../../support/push";
import { freshStoreOptions } from "../../support/stores";

const commands = formatCommands([{ ref: "refs/heads/x", after: "a".repeat(40) }]);

const settle = () => new Promise((resolve) => setTimeout(resolve, 500));

describe("git requests of one user", () => {
    it("wait for each other and not for others, are too many in words of their own, and end when they trickle", async () => {
        const limits = { maxUserGitRequests: 2, gitPaceSeconds: 6, gitPaceBytes: 100 };
        // of several replicas each would have its own places
        const platform = await startPlatform({ ...(await freshStoreOptions("PGlite")), ...limits });
        try {
            const site = await platform.api.makeSite("Acme", "www.acme.example");
            const mallory = await platform.signUp("mallory@agency.example");
            const target = await mallory.makeSite("Mallory", "www.mallory.example");
            const stalled = await Promise.all(
                [1, 2].map(() => beginRequest(mallory, target, "git-receive-pack", commands, 100_000)),
            );
            const words: string[] = [];
            for (const socket of stalled) socket.on("data", (chunk) => words.push(String(chunk))).resume();
            await settle(); // they have their places
            const waiting = Array.from({ length: 16 }, () => ask(mallory, target, "git-upload-pack", lsRefs));
            let isServed = false;
            for (const each of waiting) void each.then(() => (isServed = true));
            await ask(platform.api, site, "git-upload-pack", lsRefs);
            await settle();
            await assert.rejects(ask(mallory, target, "git-upload-pack", lsRefs), {
                message:
                    /answered 503: user \d+ has 2 git requests under way and 16 that wait\. Wait until some have ended\./,
            });
            assert.equal(isServed, false);
            await Promise.all(stalled.map((socket) => once(socket, "close")));
            assert.match(words.join(""), /^HTTP\/1\.1 408 .*fewer than 100 bytes came in 6 s/s);
            await Promise.all(waiting);
        } finally {
            await platform.close();
        }
    });

    it("a push of what is too large is refused in the report", async () => {
        const platform = await startPlatform({ maxUnpackedBytes: 2_000 });
        try {
            const { token } = platform;
            const { gitUrl } = await platform.api.makeSite("Acme", "www.acme.example");
            const { code, stderr } = await pushFiles(token, gitUrl, { files: { "notes.txt": "x".repeat(5_000) } });
            assert.equal(code, 1);
            assert.match(stderr, /remote: what is pushed, unpacked, has .* more than 2(\.0)? (kB|KiB)|2000 bytes/);
            assert.match(stderr, /! \[remote rejected\] Production -> Production \(unpacker error\)/);
        } finally {
            await platform.close();
        }
    });
});
