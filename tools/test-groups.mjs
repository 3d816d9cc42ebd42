import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { repository } from "./setup.mjs";

const story = (name) => `test/stories/${name}.story.ts`;
const proof = (name) => `test/proof/${name}.proof.ts`;

const secondDatabase = /\bPostgreSQL\b/;

/** Tests of routes on every kind of platform, of which several processes are one. */
const routesOnEveryPlatform = readdirSync(path.join(repository, "test/platform/http"))
    .map((name) => `test/platform/http/${name}`)
    .filter((file) => /\bonEveryPlatform\(/.test(readFileSync(path.join(repository, file), "utf8")));

// Every test, in groups; `scripts/mirror.mjs` checks that none is left out. `npm run test:long` runs the `long` cases,
// `npm test` all others: `true` is the whole group, patterns are those of its cases whose names match one. A part runs
// in a process of its own, beside others, from both ends of this list: the short ones stand where the ends meet. Those
// that are `alone` run at the end, one by one.
export const groups = {
    // servers over both databases, commands, and real git. Cases that wait for other processes may run a second time on
    // a busy machine, and the end says so. Units and proofs never do: their failures are faults
    platform: {
        parts: [
            ["test/platform/http"],
            [
                "test/platform/git",
                "test/client/repository",
                "test/provider/lookup",
                "test/cli/*.test.ts",
                ...[
                    "access",
                    "adopt",
                    "completion",
                    "drift",
                    "engine",
                    "estate",
                    "export",
                    "history",
                    "rehearse",
                    "terminal",
                    "typescript",
                    "up",
                ].map((name) => `test/cli/${name}`),
            ],
            ["test/platform/service", "test/platform/command", "test/platform/*.test.ts"],
        ],
        // clients that have to be compiled or installed, and commands that start the platform many times to show the
        // same as test/platform/service
        long: [
            secondDatabase,
            /(go-git|dulwich) clones|Go with its standard library/,
            /^section-platform backup and restore|^the section-platform command lists accounts/,
            /^serving, and stopping (lets the commands|says whose edge|waits for nobody|cuts off)/,
            /^the repositories of a restored backup (?!run no command)|^a backup hurts neither/,
            // forty attacks, one after the other
            /^input that is made to cost much/,
            // units have the same rule; these do it at full size
            /^the limit of a push|^a restore of a backup with a wrong byte|^the history of a site, by git/,
        ],
        timeoutMs: 60_000,
        retries: 1,
    },
    unit: {
        parts: [
            [
                "test/model",
                "test/display",
                "test/policy",
                "test/client/*.test.ts",
                "test/client/dns",
                "test/provider/*.test.ts",
                // before programs that a preview refuses: in the process of a test these never end
                "test/provider/program",
                ...["agency", "config", "history", "nouns", "protection", "protocol", "resources", "run"].map(
                    (name) => `test/provider/${name}`,
                ),
                ...["convert", "golive", "plan", "report", "review", "waves"].map((name) => `test/cli/${name}`),
                "test/plugin",
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
                "test/platform/varnish",
            ],
        ],
        // steps of old versions of the database, and processes that are killed
        long: [
            /^the step to (claims|split applications)|^an embedded database that crashes/,
            /^the lock of a file of a process that died/,
            // by request they are the same cases, and faster
            /^(commits that no state knows|a promotion), by git/,
            // generated estates, and the same work stopped elsewhere
            /^the plugin, as the engine asks it|^work of the plugin that stops half way .*whichever write/,
        ],
        timeoutMs: 20_000,
    },
    stories: {
        parts: [
            ["link-page", "page", "reference", "traces", "start", "stopped-apply", "troubleshooting", "quickstart"].map(
                story,
            ),
            ["access", "api-page", "channel", "docs-site", "drift-lists", "estate", "live", "lookups", "requests"].map(
                story,
            ),
            ["far-platform", "ownership", "pure-v1", "rotation", "upgrade"].map(story),
            ["conformance", "deploy", "endpoint", "golive", "issuing", "refusal", "compatibility"].map(story),
            ["drift-command", "examples", "let-go", "silence", "split-stack", "up-command", "waves"].map(story),
            ["certificates", "components", "languages", "promotion", "promotion-gate", "sdks"].map(story),
            ["convert", "converted-commands", "way", "yaml"].map(story),
            ["agency", "claims", "drift", "go-live-sheet", "guards"].map(story),
            ["adoption", "packages", "plugin-estate", "policy", "rehearse", "review", "team"].map(story),
            ["client-leaves", "consent", "content", "hand-over", "left-things"].map(story),
            ["plan"].map(story), // its cases need each other
        ],
        // cases that other stories cover already: again on pure v1, by a kill, with a package manager or as an example
        long: [
            secondDatabase,
            /(pure|plain) v1|^an endpoint that speaks v1|^content, by git/,
            /^waves that are killed|^npm start survives kill|^the root of the repository/,
            // the proofs of adoption and of programs that are edited do more of the same
            /^adoption of a whole estate of sixty sites|^an edit of a program keeps a site (through|when the operation fails)/,
            /^a stack that is split|^a guard of a stack that|^the policy pack the configuration/,
            // other cases of the same stories show the usual way of each
            /^people (what fails in the middle|of an organization that exists)|^an edit of a program keeps a live site/,
            /^the policy pack a (program that keeps|pack of one's own)|^the pages in a real browser have no/,
            /^a promotion in a preview (takes the first|shows no file)/,
            /^pulumi-section up (asks a person|says why it saves)|^a review counts a preview|^an apply that somebody/,
            /^a rehearsal (says what fails|takes everything away)|^the estate has a site of 1,000/,
            // numbers of requests, and waits
            /^requests |^an endpoint that takes connections and says nothing/,
            // the harness beside the engine, and the jobs that build servers run
            /^the harness|^a review is one (comment|note)|^templates\/ci /,
            /with (npm|pnpm|yarn),|^compatibility |^the quickstart /,
            /^the examples (?!quickstart )/,
            // kept states, their moves and their heads have units and proofs of their own
            /^what an up left that was killed|^an edit of a program keeps a site when the operation is killed/,
            /^promotion on this platform stops over a head|^an agency's life renames/,
            // other cases of these stories, and `upgrade`, go the same way
            /^a stack that is converted|^an estate that is exported for the plugin is a TypeScript/,
            /^components bare resources move|^the estate is searched|^guards at preview each explicit provider/,
            /^a state that an earlier version has left goes on|^a YAML program keeps secrets/,
            /^pulumi-section up goes on by itself|^a token that is replaced in the stack's/,
            /^components take parent|^guards at preview another name/,
            // the harness has them too
            /^from dynamic resources to the plugin and back (on the engine|.*with claims)/,
            // they compile what the engine writes
            /^SDKs of the plugin/,
            // SDKs and programs that are written, and programs that get something from the engine or the plugin
            /^the language hosts|^a YAML program gets|^an estate that is exported for the plugin is a file of which it/,
            // by hand in CSV it is the same, and units write YAML
            /^drift of what a list of clients declares is named and taken over in the lines/,
            // each command twice; units read states and previews both ways
            /^the commands on a stack that was converted/,
            // it installs VitePress
            /^the docs as a web site/,
        ],
        timeoutMs: 240_000,
        retries: 1,
        engine: true,
        languages: true,
        browser: true,
    },
    // the same tests against processes that share one PostgreSQL and one folder, one of them killed now and then
    replicas: {
        parts: [[...routesOnEveryPlatform, ...["drift", "interruption"].map(story)], ["agency", "sharing"].map(story)],
        long: true,
        timeoutMs: 240_000,
        retries: 1,
        engine: true,
        first: ["test/support/replicas.ts"],
    },
    // stories of every noun once more, through the plugin: the same programs, and the same expectations
    plugin: {
        parts: [["drift", "guards", "live", "promotion-gate", "team"].map(story)],
        long: true,
        timeoutMs: 240_000,
        retries: 1,
        engine: true,
        variables: { SECTION_TEST_WAY: "plugin" },
    },
    proof: {
        parts: [
            ["adoption", "backup", "bad-input", "fuzz", "git-fuzz", "git-large", "git-replicas"].map(proof),
            [
                "certificate-kill",
                "directory-lock",
                "lost-replies",
                "platform-kill",
                "restored-commands",
                "secrets",
                "tenant-matrix",
            ].map(proof),
            ["failpoint"].map(proof),
            ["machine-clock", "machine-damage", "machine-database", "machine-disk", "machine-files"].map(proof),
            ["apply-kills", "mixed-load", "two-ups", "unsaved-kill"].map(proof),
            ["slow-platform"].map(proof), // it waits most of the time
            // the longest of all: they begin first
            ["refactoring"].map(proof),
            ["refactoring-engine"].map(proof),
        ],
        long: true,
        timeoutMs: 2_400_000,
        engine: true,
    },
    // it compares times, so nothing runs beside it
    fairness: {
        parts: [["fairness"].map(proof)],
        long: true,
        alone: true,
        timeoutMs: 1_200_000,
    },
};
