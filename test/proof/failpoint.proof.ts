import assert from "node:assert/strict";
import { Api } from "../support/api";
import { platformCommand, signUpOffline } from "../support/offline";
import { spawnPlatform, withFolder } from "../support/platform";

const failpoints = [
    "outbox.before-commit",
    "outbox.after-commit",
    "outbox.before-effect",
    "git.after-objects",
    "git.before-ref",
    "outbox.after-effect",
    "outbox.before-done",
    "outbox.after-done",
];

interface Operation {
    name: string;
    /** Failpoints that it does not pass. */
    without?: string[];
    /** The request, and again after a crash. */
    run(api: Api, account: number, application: number): Promise<{ status: number }>;
    /** What holds when it has been done. */
    isDone(api: Api, account: number, application: number): Promise<boolean>;
}

const environmentNames = async (api: Api, account: number, application: number) =>
    (await api.get(`/account/${account}/application/${application}/environment`)).map(({ environment_name }: { environment_name: string }) => environment_name);
const hostnames = async (api: Api, account: number) =>
    (await api.get(`/account/${account}/application`)).map(({ application_name }: { application_name: string }) => application_name);
const gitPoints = ["git.after-objects", "git.before-ref"];

const operations: Operation[] = [
    {
        name: "create an application",
        run: (api, account) => api.call("POST", `/account/${account}/application/create`, { hostname: "new.acme.example", origin: "192.0.2.1" }),
        isDone: async (api, account) => (await hostnames(api, account)).includes("new.acme.example"),
    },
    {
        name: "create an environment",
        run: (api, account, application) =>
            api.call("POST", `/account/${account}/application/${application}/environment/create`, {
                name: "Staging",
                source_environment_name: "Production",
                domain_name: "staging.acme.example",
            }),
        isDone: async (api, account, application) => (await environmentNames(api, account, application)).includes("Staging"),
    },
    {
        name: "delete an environment",
        without: gitPoints,
        run: (api, account, application) => api.call("DELETE", `/account/${account}/application/${application}/environment/Staging`),
        isDone: async (api, account, application) => !(await environmentNames(api, account, application)).includes("Staging"),
    },
    {
        name: "delete an application",
        without: gitPoints,
        run: async (api, account) => {
            const created = (await api.get(`/account/${account}/application`)).find(
                ({ application_name }: { application_name: string }) => application_name === "new.acme.example",
            );
            return created === undefined ? { status: 404 } : api.call("DELETE", `/account/${account}/application/${created.id}`);
        },
        isDone: async (api, account) => !(await hostnames(api, account)).includes("new.acme.example"),
    },
];

describe("a crash on the line between SQL and git", () => {
    it("at every failpoint of every operation is finished or undone by the next boot", () =>
        withFolder(async (data) => {
            const token = await signUpOffline(data, "olga@agency.example");
            let platform = await spawnPlatform(data);
            const { account, application } = await new Api(platform.url, token).makeSite("Acme", "www.acme.example");
            await platform.stop();
            let crashes = 0;
            let finished = 0;
            for (const failpoint of failpoints) {
                for (const { name, run, isDone, without = [] } of operations) {
                    const passes = !without.includes(failpoint);
                    platform = await spawnPlatform(data, { environment: passes ? { SECTION_PLATFORM_FAILPOINT: failpoint } : {} });
                    const outcome = await run(new Api(platform.url, token), account, application).catch(() => "cut off" as const);
                    if (passes) {
                        assert.equal(outcome, "cut off", `${name} did not pass ${failpoint}`);
                        await platform.ended;
                        crashes += 1;
                        platform = await spawnPlatform(data);
                    }
                    const api = new Api(platform.url, token);
                    const wasDone = await isDone(api, account, application);
                    if (passes) {
                        assert.equal(wasDone, failpoint !== "outbox.before-commit", `${name} at ${failpoint}: once it is decided it is done, before it is not`);
                        if (wasDone) finished += 1;
                    }
                    const again = await run(api, account, application);
                    assert.ok(again.status < 500, `${name} again after ${failpoint} answered ${again.status}`);
                    assert.ok(await isDone(api, account, application), `${name} after ${failpoint}`);
                    await platform.stop();
                }
                assert.match(await platformCommand(data, "check"), /rows and repositories agree/, failpoint);
            }
            console.log(
                `      ${failpoints.length} failpoints x ${operations.length} operations: ${crashes} crashes, ${finished} finished by the boot, ${crashes - finished} undone, 0 half`,
            );
        }));
});
