import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Api } from "../support/api";
import { readMails } from "../support/mails";
import { platformCommand, signUpOffline } from "../support/offline";
import { type SpawnedPlatform, spawnPlatform, withFolder } from "../support/platform";
import { requireSome } from "../support/require-some";

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
    /** True when the operation has been done. */
    isDone(api: Api, account: number, application: number): Promise<boolean>;
}

/** Counts the applications with an environment Staging. */
async function stagings(api: Api, account: number): Promise<number> {
    const { applications } = (await api.get("/account/graph")).find(({ id }: { id: number }) => id === account);
    const names = applications.flatMap(
        ({ environments }: { environments: { environment_name: string }[] }) => environments,
    );
    return names.filter(({ environment_name }: { environment_name: string }) => environment_name === "Staging").length;
}

const hostnames = async (api: Api, account: number) =>
    (await api.get(`/account/${account}/application`)).map(
        ({ application_name }: { application_name: string }) => application_name,
    );
const gitPoints = ["git.after-objects", "git.before-ref"];

const removeApplication = (suffix: string): Pick<Operation, "run" | "isDone"> => ({
    run: async (api, account) => {
        const created = (await api.get(`/account/${account}/application`)).find(
            ({ application_name }: { application_name: string }) => application_name.endsWith(suffix),
        );
        return created === undefined
            ? { status: 404 }
            : api.call("DELETE", `/account/${account}/application/${created.id}`);
    },
    isDone: async (api, account) => !(await hostnames(api, account)).some((name: string) => name.endsWith(suffix)),
});

const operations: Operation[] = [
    {
        name: "create an application",
        run: (api, account) =>
            api.call("POST", `/account/${account}/application/create`, {
                hostname: "new.acme.example",
                origin: "192.0.2.1",
            }),
        isDone: async (api, account) => (await hostnames(api, account)).includes("new.acme.example"),
    },
    {
        name: "split an application",
        run: (api, account, application) =>
            api.call("POST", `/account/${account}/application/${application}/split`, { pathPrefix: "/shop" }),
        isDone: async (api, account) => (await hostnames(api, account)).includes("www.acme.example/shop/"),
    },
    {
        name: "create an environment in an application and what is split from it",
        run: (api, account, application) =>
            api.call("POST", `/account/${account}/application/${application}/environment/create`, {
                name: "Staging",
                source_environment_name: "Production",
                domain_name: "staging.acme.example",
            }),
        isDone: async (api, account) => (await stagings(api, account)) === 2,
    },
    {
        name: "clone an application",
        run: (api, account, application) =>
            api.call("POST", `/account/${account}/application/${application}/clone`, {
                hostname: "clone.acme.example",
            }),
        isDone: async (api, account) => (await hostnames(api, account)).includes("clone.acme.example"),
    },
    {
        name: "delete an environment",
        without: gitPoints,
        run: (api, account, application) =>
            api.call("DELETE", `/account/${account}/application/${application}/environment/Staging`),
        isDone: async (api, account) => (await stagings(api, account)) === 0,
    },
    { name: "delete a split application", without: gitPoints, ...removeApplication("/shop/") },
    { name: "delete a clone", without: gitPoints, ...removeApplication("clone.acme.example") },
    { name: "delete an application", without: gitPoints, ...removeApplication("new.acme.example") },
];

const armed = path.resolve("test/support/armed-failpoint.cjs");

/** A platform whose failpoint can be set while it runs: a start costs more than all that happens between two. */
const spawnArmed = (data: string) =>
    spawnPlatform(data, {
        environment: { NODE_OPTIONS: `--require ${armed}`, SECTION_TEST_FAILPOINT_FILE: path.join(data, "failpoint") },
    });

async function arm({ pid }: SpawnedPlatform, data: string, failpoint: string): Promise<void> {
    const file = path.join(data, "failpoint");
    await writeFile(file, failpoint);
    process.kill(pid, "SIGUSR2");
    while (existsSync(file)) await sleep(5);
}

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
                platform = await spawnArmed(data);
                for (const { name, run, isDone, without = [] } of operations) {
                    const passes = !without.includes(failpoint);
                    if (passes) await arm(platform, data, failpoint);
                    const outcome = await run(new Api(platform.url, token), account, application).catch(
                        () => "cut off" as const,
                    );
                    if (passes) {
                        assert.equal(outcome, "cut off", `${name} did not pass ${failpoint}`);
                        await platform.ended;
                        crashes += 1;
                        platform = await spawnArmed(data);
                    }
                    const api = new Api(platform.url, token);
                    const wasDone = await isDone(api, account, application);
                    if (passes) {
                        assert.equal(
                            wasDone,
                            failpoint !== "outbox.before-commit",
                            `${name} at ${failpoint}: once it is decided it is done, before it is not`,
                        );
                        if (wasDone) finished += 1;
                    }
                    const again = await run(api, account, application);
                    assert.ok(again.status < 500, `${name} again after ${failpoint} answered ${again.status}`);
                    assert.ok(await isDone(api, account, application), `${name} after ${failpoint}`);
                }
                await platform.stop();
                assert.match(await platformCommand(data, "check"), /rows and repositories agree/, failpoint);
            }
            console.log(
                `      ${failpoints.length} failpoints x ${operations.length} operations: ${crashes} crashes, ${finished} finished by the boot, ${crashes - finished} undone, 0 half`,
            );
        }));

    it("at every failpoint of an invitation leaves the mail to the next boot", () =>
        withFolder(async (data) => {
            const token = await signUpOffline(data, "olga@agency.example");
            let platform = await spawnPlatform(data);
            const { id } = await new Api(platform.url, token).must("POST", "/account", { name: "Acme" });
            await platform.stop();
            const passed = failpoints.filter((failpoint) => !gitPoints.includes(failpoint));
            for (const failpoint of requireSome(passed)) {
                const email = `${failpoint}@agency.example`;
                platform = await spawnPlatform(data, { environment: { SECTION_PLATFORM_FAILPOINT: failpoint } });
                await new Api(platform.url, token).call("POST", `/account/${id}/user`, { email }).catch(() => {});
                await platform.ended;
                platform = await spawnPlatform(data);
                const isMember = (await new Api(platform.url, token).get(`/account/${id}/user`)).some(
                    (each: { email: string }) => each.email === email,
                );
                assert.equal(isMember, failpoint !== "outbox.before-commit", failpoint);
                const mails = () => readMails(path.join(data, "mail"), email);
                const until = Date.now() + 30_000;
                while (isMember && (await mails()).length === 0 && Date.now() < until)
                    await new Promise((resolve) => setTimeout(resolve, 100));
                const [mail, ...others] = await mails();
                assert.equal(mail !== undefined, isMember, failpoint);
                assert.ok(others.length <= 1, `${others.length + 1} mails after ${failpoint}`);
                if (mail !== undefined) {
                    const accepted = await new Api(platform.url, undefined).call("POST", "/public/accept", {
                        token: mail.token,
                        password: "correct horse battery",
                    });
                    assert.equal(accepted.status, 200, failpoint);
                }
                await platform.stop();
            }
            console.log(
                `      ${passed.length} crashes while inviting: ${passed.length - 1} mails were written, 1 invitation was not made, 0 without its mail`,
            );
        })).timeout(600_000);

    it("at every failpoint of a commit by request leaves the old head or the new one, and the same request finds its commit", () =>
        withFolder(async (data) => {
            const token = await signUpOffline(data, "olga@agency.example");
            let platform = await spawnPlatform(data);
            const { account, application } = await new Api(platform.url, token).makeSite("Acme", "www.acme.example");
            await platform.stop();
            const at = `/account/${account}/application/${application}/environment/Production`;
            const points = [...gitPoints, "git.after-ref"];
            for (const failpoint of points) {
                platform = await spawnPlatform(data, { environment: { SECTION_PLATFORM_FAILPOINT: failpoint } });
                const { commit: expected } = await new Api(platform.url, token).get(`${at}/head`);
                const body = { expected, message: failpoint, files: { "varnish/note.txt": failpoint } };
                const outcome = await new Api(platform.url, token)
                    .call("POST", `${at}/commit`, body)
                    .catch(() => "cut off" as const);
                assert.equal(outcome, "cut off", failpoint);
                await platform.ended;
                platform = await spawnPlatform(data);
                const api = new Api(platform.url, token);
                const { commit } = await api.get(`${at}/head`);
                assert.equal(commit !== expected, failpoint === "git.after-ref", failpoint);
                const again = await api.must("POST", `${at}/commit`, body);
                assert.deepEqual(
                    (await api.get(`${at}/commits?limit=2`)).map((each: { commit: string }) => each.commit),
                    [again.commit, expected],
                );
                await platform.stop();
                assert.match(await platformCommand(data, "check"), /rows and repositories agree/, failpoint);
            }
            console.log(`      ${points.length} crashes while committing by request: 0 commits lost, 0 twice`);
        })).timeout(120_000);
});
