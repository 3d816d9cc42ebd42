import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { readSettings } from "../../../provider/run/settings";
import { withFolder } from "../../support/platform";

const config = (values: Record<string, string>) => ({ get: (key: string) => values[key] });

describe("settings", () => {
    const stack = config({
        "section:endpoint": "https://config.example",
        "section:token": " from-config\n",
        "section:allowLiveDelete": "true",
    });

    it("come from the explicit provider, the environment, then stack config", () => {
        assert.deepEqual(readSettings(stack, {}), {
            endpoint: "https://config.example",
            token: "from-config",
            setBy: { endpoint: "section:endpoint", token: "section:token" },
            allowLiveDelete: true,
        });
        assert.deepEqual(
            readSettings(stack, {
                SECTION_ENDPOINT: "https://env.example/",
                SECTION_TOKEN: "from-env",
                SECTION_ALLOW_LIVE_DELETE: "false",
            }),
            {
                endpoint: "https://env.example",
                token: "from-env",
                setBy: { endpoint: "SECTION_ENDPOINT", token: "SECTION_TOKEN" },
                allowLiveDelete: false,
            },
        );
        const explicit = config({
            "section-provider:endpoint": "https://explicit.example",
            "section-provider:token": "explicit",
        });
        assert.deepEqual(
            readSettings(explicit, { SECTION_ENDPOINT: "https://env.example", SECTION_TOKEN: "from-env" }),
            {
                endpoint: "https://explicit.example",
                token: "explicit",
                setBy: { endpoint: "the program's Provider (endpoint)", token: "the program's Provider (token)" },
                allowLiveDelete: false,
            },
        );
    });

    it("lead a rehearsal to where the environment says and nowhere else, whatever the program has written down", () => {
        const environment = {
            SECTION_ENDPOINT: "http://127.0.0.1:8080",
            SECTION_TOKEN: "copy",
            SECTION_REHEARSAL: "true",
        };
        const explicit = config({
            "section-provider:endpoint": "https://live.example",
            "section-provider:token": "live",
            "section:endpoint": "https://live.example",
            "section-provider:resolver": "none",
        });
        assert.deepEqual(readSettings(explicit, environment), {
            endpoint: "http://127.0.0.1:8080",
            token: "copy",
            setBy: { endpoint: "SECTION_ENDPOINT", token: "SECTION_TOKEN" },
            allowLiveDelete: false,
            isRehearsal: true,
            resolvers: [],
        });
        assert.throws(() => readSettings(explicit, { SECTION_REHEARSAL: "true" }), { code: "settings-missing" });
        assert.throws(() => readSettings(stack, { ...environment, SECTION_TOKEN: "" }), { code: "settings-missing" });
    });

    it("name what may be taken over: everything, some resources, or nothing", () => {
        const adoptOf = (adopt: string | undefined, environment: NodeJS.ProcessEnv = {}) =>
            readSettings(
                config({
                    "section:endpoint": "https://a.example",
                    "section:token": "t",
                    ...(adopt && { "section:adopt": adopt }),
                }),
                environment,
            ).adopt;
        assert.deepEqual([adoptOf(undefined), adoptOf("false"), adoptOf("true")], [undefined, undefined, "all"]);
        assert.deepEqual(adoptOf("www, acme-staging"), ["www", "acme-staging"]);
        assert.deepEqual(adoptOf("www", { SECTION_ADOPT: "true" }), "all", "the environment allows it once");
    });

    it("say how long a platform that says nothing is waited for", () => {
        const patienceOf = (text: string) => readSettings(stack, { SECTION_PATIENCE: text }).contactMs;
        assert.equal(patienceOf("30"), 15_000, "the wait is two attempts");
        const ofProvider = config({
            "section-provider:patience": "60",
            "section:endpoint": "https://a.example",
            "section:token": "x",
        });
        const both = readSettings(ofProvider, { SECTION_PATIENCE: "30" }).contactMs;
        assert.equal(both, 15_000, "a Provider passes the stack's on, and the variable is for one command");
        for (const wrong of ["0", "soon", "-1", "10000"])
            assert.throws(() => patienceOf(wrong), /SECTION_PATIENCE is .* Write how many seconds/);
        assert.throws(
            () => readSettings({ get: (key) => (key === "section:patience" ? "soon" : stack.get(key)) }, {}),
            /section:patience is "soon"\./,
        );
    });

    it("require the platform's answer in CI, or where they say so", () => {
        const isRequired = (environment: NodeJS.ProcessEnv, required?: string) =>
            readSettings({ get: (key) => (key === "section:requirePlatform" ? required : stack.get(key)) }, environment)
                .requirePlatform === true;
        for (const CI of ["true", "1", "yes"]) assert.ok(isRequired({ CI }), CI);
        for (const CI of [undefined, "", "false", "0"]) assert.ok(!isRequired({ CI }), CI);
        assert.ok(!isRequired({ CI: "true" }, "false"));
        assert.ok(isRequired({}, "true"));
        assert.ok(isRequired({ SECTION_REQUIRE_PLATFORM: "true" }, "false"), "the environment says it once");
        assert.throws(() => isRequired({}, "perhaps"), /section:requirePlatform is "perhaps"\. Write true, for/);
        assert.throws(
            () => isRequired({ SECTION_REQUIRE_PLATFORM: "yes" }),
            /^Problem: SECTION_REQUIRE_PLATFORM is "yes"/,
        );
    });

    it("name the DNS servers to ask: some, none, or those of the machine", () => {
        const resolversOf = (values: Record<string, string>, environment = {}) =>
            readSettings({ get: (key) => values[key] ?? stack.get(key) }, environment).resolvers;
        assert.equal(resolversOf({}), undefined);
        assert.deepEqual(resolversOf({ "section:resolver": "192.0.2.1:5353, 192.0.2.2" }), [
            "192.0.2.1:5353",
            "192.0.2.2",
        ]);
        assert.deepEqual(resolversOf({ "section:resolver": "192.0.2.1" }, { SECTION_RESOLVER: "none" }), []);
        assert.deepEqual(resolversOf({ "section-provider:resolver": "192.0.2.3" }, { SECTION_RESOLVER: "none" }), [
            "192.0.2.3",
        ]);
        assert.throws(
            () => resolversOf({}, { SECTION_RESOLVER: "zzz" }),
            /^Problem: SECTION_RESOLVER is "zzz"\. Write IP addresses, such as .*, or none/,
        );
        assert.throws(
            () => resolversOf({ "section:resolver": "192.0.2.1,dns.example" }),
            /^Problem: section:resolver is/,
        );
    });

    it("let live things go by true, and by nothing that looks like it", () => {
        const isAllowed = (text: string) => readSettings(stack, { SECTION_ALLOW_LIVE_DELETE: text }).allowLiveDelete;
        assert.deepEqual([isAllowed("true"), isAllowed("false")], [true, false]);
        for (const wrong of ["yes", "1", "TRUE"])
            assert.throws(() => isAllowed(wrong), /^Problem: SECTION_ALLOW_LIVE_DELETE is ".*"\. Write true, to allow/);
    });

    it("how many sites may go at once: the environment allows it once, whatever a provider says", () => {
        const values = { "section:endpoint": "https://a.example", "section:token": "x", "section:maxDeletes": "3" };
        const explicit = { ...values, "section-provider:maxDeletes": "4" };
        assert.equal(readSettings(config(values), {}).maxDeletes, 3);
        assert.equal(readSettings(config(explicit), {}).maxDeletes, 4);
        assert.equal(readSettings(config(explicit), { SECTION_MAX_DELETES: "50" }).maxDeletes, 50);
        assert.equal(readSettings(stack, {}).maxDeletes, undefined);
        for (const wrong of ["many", "-1", "1.5"]) {
            assert.throws(
                () => readSettings(config({ ...values, "section:maxDeletes": wrong }), {}),
                /section:maxDeletes is ".*"\. Write how many/,
            );
            const once = { SECTION_MAX_DELETES: wrong };
            assert.throws(
                () => readSettings(config(values), once),
                /^Problem: SECTION_MAX_DELETES is ".*"\. Write how/,
            );
        }
    });

    it("what a reviewed plan saw is named by the environment alone", () => {
        assert.equal(readSettings(stack, { SECTION_EXPECTED: "/tmp/expected.json" }).expected, "/tmp/expected.json");
        assert.equal(
            readSettings(
                config({ "section:endpoint": "https://a.example", "section:token": "x", "section:expected": "y" }),
                {},
            ).expected,
            undefined,
        );
    });

    it("a token may stand in a file, which is named when it cannot be read", () =>
        withFolder(async (folder) => {
            const file = path.join(folder, "token");
            await writeFile(file, "from-file\n");
            assert.equal(readSettings(stack, { SECTION_TOKEN_FILE: file }).token, "from-file");
            assert.equal(
                readSettings(stack, { SECTION_TOKEN_FILE: file, SECTION_TOKEN: "from-env" }).token,
                "from-env",
            );
            assert.equal(
                readSettings(stack, { SECTION_TOKEN_FILE: file }).setBy?.token,
                `SECTION_TOKEN_FILE (${file})`,
            );
            assert.throws(
                () => readSettings(stack, { SECTION_TOKEN_FILE: `${file}x` }),
                /SECTION_TOKEN_FILE names .*tokenx, which cannot be read \(ENOENT\)/,
            );
        }));

    it("that are missing or cut wrong are said to be so, without showing them", () => {
        assert.throws(() => readSettings(undefined, {}), /no endpoint is set\. Set SECTION_ENDPOINT and SECTION_TOKEN/);
        assert.throws(
            () => readSettings(undefined, { SECTION_ENDPOINT: "https://x.example" }),
            /no token is set for https:\/\/x\.example/,
        );
        for (const token of ["two words", '"section_1"', "'section_1'"])
            assert.throws(
                () => readSettings(stack, { SECTION_TOKEN: token }),
                (error: Error) =>
                    /^the token from SECTION_TOKEN has quotes, blanks/.test(error.message) &&
                    !error.message.includes(token),
            );
        assert.throws(
            () => readSettings(stack, { SECTION_ENDPOINT: "section.example" }),
            /the endpoint in SECTION_ENDPOINT is "section\.example", which is not an address\. Write one such as https/,
        );
    });
});
