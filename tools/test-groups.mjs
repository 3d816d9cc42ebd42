const story = (name) => `test/stories/${name}.story.ts`;
const proof = (name) => `test/proof/${name}.proof.ts`;

// What `npm test` runs, from both ends. `scripts/mirror.mjs` checks that every test belongs to a group.
export const groups = {
    // a part runs in a process of its own, beside others
    unit: {
        parts: [
            [
                "test/model",
                "test/policy",
                ...["*.test.ts", "client", "components", "dns", "golive", "lifecycle", "report", "review", "waves"].map(
                    (name) => `test/provider/${name}`,
                ),
                "test/tools",
            ],
            [
                "test/platform/acme",
                "test/platform/archive",
                "test/platform/auth",
                "test/platform/catalogue",
                "test/platform/dns",
                "test/platform/mail",
                "test/platform/page",
                "test/platform/payload",
                "test/platform/store",
            ],
        ],
        timeoutMs: 20_000,
    },
    // servers over both databases, commands, and real git. What waits for other processes may run a second time where
    // machines are busy, and the end says so; units and proofs never do: theirs are faults
    platform: {
        parts: [
            ["test/platform/http"],
            [
                "test/platform/git",
                ...["access", "cli", "estate", "lookup", "overview", "rehearsal", "repository"].map(
                    (name) => `test/provider/${name}`,
                ),
            ],
            ["test/platform/service", "test/platform/command", "test/platform/*.test.ts"],
        ],
        timeoutMs: 60_000,
        retries: 1,
    },
    stories: {
        parts: [
            ["access", "api-page", "channel", "drift-command", "estate", "examples", "live", "lookups"].map(story),
            ["certificates", "components", "conformance", "golive", "issuing", "promotion", "refusal", "waves"].map(
                story,
            ),
            ["adoption", "packages", "plan", "policy", "rehearse", "review", "team"].map(story),
            [
                "agency",
                "content",
                "drift",
                "go-live-sheet",
                "guards",
                "interruption",
                "page",
                "pure-v1",
                "rotation",
                "sharing",
                "start",
                "upgrade",
            ].map(story),
        ],
        timeoutMs: 240_000,
        retries: 1,
        engine: true,
        browser: true,
    },
    // the same tests against processes that share one PostgreSQL and one folder, one of them killed now and then
    replicas: {
        parts: [["test/platform/http", ...["drift", "interruption"].map(story)], ["agency", "sharing"].map(story)],
        timeoutMs: 240_000,
        retries: 1,
        engine: true,
        first: ["test/support/replicas.ts"],
    },
    proof: {
        parts: [
            ["adoption", "backup", "bad-input", "fuzz", "git-fuzz", "git-large", "git-replicas"].map(proof),
            ["certificate-kill", "directory-lock", "lost-replies", "platform-kill", "secrets", "tenant-matrix"].map(
                proof,
            ),
            ["failpoint"].map(proof),
            ["slow-platform"].map(proof), // it waits most of the time
        ],
        timeoutMs: 1_200_000,
        engine: true,
    },
};
