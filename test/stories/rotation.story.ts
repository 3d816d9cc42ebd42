import assert from "node:assert/strict";
import * as section from "pulumi-section";
import { openStack } from "../harness/stack";
import { type RunningPlatform, startPlatform, withFolder } from "../support/platform";
import { openStack as openEngineStack } from "../support/stack";

describe("a token that is replaced", () => {
    let platform: RunningPlatform;
    let tokens: string[];
    beforeEach(async () => {
        platform = await startPlatform();
        tokens = [await platform.tokenFor("olga@agency.example"), await platform.tokenFor("olga@agency.example")];
    });
    afterEach(() => platform.close());

    /** Makes a token worthless, as its user does. */
    async function revoke(token: string | undefined): Promise<void> {
        const id = token?.split("_")[1];
        await platform.api.must("DELETE", `/user/token/${id}`);
    }

    const declare = (name: string, provider?: section.Provider) => {
        const acme = new section.Organization("acme", { name }, { provider });
        const www = new section.Application(
            "www",
            { organization: acme.id, hostname: "www.acme.example", origin: "192.0.2.1" },
            { provider },
        );
        new section.Environment(
            "production",
            { application: www.id, name: "Production", ipBlacklist: ["192.0.2.9"] },
            { provider },
        );
    };
    const program = (name: string) => async () => declare(name);

    it("in the environment counts at once, for every operation", () =>
        withFolder(async (folder) => {
            const [first = "", second = ""] = tokens;
            const stack = await openStack({
                folder,
                program: program("Acme"),
                environment: { SECTION_ENDPOINT: platform.url, SECTION_TOKEN: first },
            });
            await stack.up();
            await revoke(first);
            assert.deepEqual((await stack.preview()).changes, { same: 4 }, "nothing changed, so nothing is asked");
            await assert.rejects(stack.refresh(), /API request is unauthorized/);
            stack.setEnvironment({ SECTION_TOKEN: second });
            assert.deepEqual((await stack.refresh()).changes, { same: 4 });
            assert.equal((await stack.up({ program: program("Acme & Sons") })).changes.update, 1);
            await stack.destroy();
            assert.deepEqual(await platform.api.get("/account"), []);
            assert.ok(!(await stack.state()).includes(second));
        }));

    it("in the stack's config counts at the next up, and for refresh and destroy with --run-program", () =>
        withFolder(async (folder) => {
            const [first = "", second = ""] = tokens;
            const stack = await openEngineStack({ folder, program: program("Acme"), environment: {} });
            await stack.setConfig("section:endpoint", platform.url);
            await stack.setConfig("section:token", first, true);
            await stack.up();
            await revoke(first);
            await stack.setConfig("section:token", second, true);
            await assert.rejects(
                stack.refresh(),
                /API request is unauthorized/,
                "the engine takes the config of the last up",
            );
            await stack.automation.refresh({ runProgram: true });
            await stack.up();
            await stack.destroy();
            assert.deepEqual(await platform.api.get("/account"), []);
            assert.ok(!(await stack.state()).includes(second));
        }));

    it("of an explicit provider is an update of the provider and of nothing else", () =>
        withFolder(async (folder) => {
            const [first = "", second = ""] = tokens;
            const by = (token: string) => async () =>
                declare("Acme", new section.Provider("theirs", { endpoint: platform.url, token }));
            const stack = await openStack({ folder, program: by(first), environment: {} });
            await stack.up();
            await revoke(first);
            const { changes } = await stack.up({ program: by(second) });
            assert.deepEqual(changes, { same: 4, update: 1 });
            await stack.refresh();
            await stack.destroy();
            assert.deepEqual(await platform.api.get("/account"), []);
            assert.ok(!(await stack.state()).includes(second));
        }));
});
