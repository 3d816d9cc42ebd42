import assert from "node:assert/strict";
import path from "node:path";
import type { PulumiFn } from "@pulumi/pulumi/automation";
import * as section from "pulumi-section";
import { openStack } from "../harness/stack";
import { startFaultProxy } from "../support/fault-proxy";
import { type RunningPlatform, startPlatform, withFolder } from "../support/platform";
import { openStack as openEngineStack, type TestStack } from "../support/stack";

type Members = Exclude<section.TeamArgs["members"], PromiseLike<unknown> | { apply: unknown }>;

const dayAhead = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

/** The engine's processes live that many days later. */
const daysLater = (days: number) => ({
    NODE_OPTIONS: `--require ${path.resolve("test/support/shifted-clock.cjs")}`,
    SECTION_TEST_DAYS: String(days),
});

async function refusalOf(stack: TestStack, program: PulumiFn): Promise<string> {
    stack.setProgram(program);
    return stack.preview().then(
        () => assert.fail("the preview passed"),
        ({ message }: Error) => message,
    );
}

describe("people", () => {
    let platform: RunningPlatform;
    beforeEach(async () => {
        platform = await startPlatform();
    });
    afterEach(() => platform.close());
    const settings = () => ({ SECTION_ENDPOINT: platform.url, SECTION_TOKEN: platform.token });

    /** E-mail address -> role, as the platform has them. */
    const listPeople = async (account: unknown): Promise<Record<string, string>> =>
        Object.fromEntries(
            (await platform.api.get(`/account/${account}/user`)).map((each: Record<string, string>) => [
                each.email,
                each.accountCapability,
            ]),
        );

    const team = (members: Members) => async () => {
        const acme = new section.Organization("acme", { name: "Acme" });
        new section.Team("acme-team", { organization: acme.id, members }, { deletedWith: acme });
        return { acme: acme.id, access: section.accessMatrix() };
    };

    it("a Team is everybody: who is not listed is shown and removed, and a last day ends what was given", () =>
        withFolder(async (folder) => {
            await platform.signUp("ada@agency.example");
            const until = dayAhead(10);
            const members: Members = { "Ada@Agency.example": "admin", "temp@agency.example": { role: "state", until } };
            const stack = await openStack({ folder, program: team(members), environment: settings() });
            const first = await stack.up();
            const account = first.outputs.acme;
            assert.match(
                first.stdout,
                new RegExp(`temp@agency\\.example is a member until ${until}, which is in 10 days`),
            );
            assert.deepEqual(await listPeople(account), {
                "olga@agency.example": "admin",
                "ada@agency.example": "admin",
                "temp@agency.example": "state",
            });
            const { people, table } = first.outputs.access as section.AccessMatrix;
            assert.deepEqual(people, {
                "ada@agency.example": { Acme: "admin" },
                "temp@agency.example": { Acme: "state" },
            });
            assert.match(
                table,
                new RegExp(
                    `^person +organization +role +until\nada@agency\\.example +Acme +admin\ntemp@agency\\.example +Acme +state +${until}$`,
                ),
            );

            // somebody changes people by hand
            await platform.api.must("POST", `/account/${account}/user`, { email: "eve@elsewhere.example" });
            const [ada] = (await platform.api.get(`/account/${account}/user`)).filter(
                ({ email }: { email: string }) => email === "ada@agency.example",
            );
            await platform.api.must("POST", `/account/${account}/user/${ada.id}`, { accountCapability: "readonly" });
            await stack.refresh();
            const drift = await stack.preview({ diff: true });
            assert.deepEqual(drift.changes, { same: 2, update: 1 });
            assert.match(drift.stdout, /~ ada@agency\.example *: "readonly" => "admin"/);
            assert.match(drift.stdout, /- eve@elsewhere\.example: "admin"/);
            assert.match(drift.stdout, /\+ removes: \[\s+\+ +\[0\]: "eve@elsewhere\.example"/);
            assert.match(drift.stdout, /eve@elsewhere\.example \(admin\) is not listed and will be removed/);
            await stack.up();
            assert.deepEqual(Object.keys(await listPeople(account)).sort(), [
                "ada@agency.example",
                "olga@agency.example",
                "temp@agency.example",
            ]);

            // the last day is today: the day itself counts
            stack.setEnvironment(daysLater(10));
            const lastDay = await stack.preview();
            assert.deepEqual(lastDay.changes, { same: 3 });
            assert.match(lastDay.stdout, /temp@agency\.example is a member until \S+, which is today/);
            stack.setEnvironment(daysLater(11));
            const past = await stack.preview({ diff: true });
            assert.deepEqual(past.changes, { same: 2, update: 1 });
            assert.match(past.stdout, /\+ ended *: \[\s+\+ +\[0\]: "temp@agency\.example"/);
            await stack.up();
            assert.deepEqual(Object.keys(await listPeople(account)).sort(), [
                "ada@agency.example",
                "olga@agency.example",
            ]);
            const late = await refusalOf(stack, team({ ...members, "new@agency.example": { role: "state", until } }));
            assert.match(late, /members\["new@agency\.example"\]\.until is \S+, which is past; name a later day/);

            // changes that would lock a person out, as ada
            stack.setEnvironment({ SECTION_TOKEN: await platform.tokenFor("ada@agency.example") });
            assert.match(
                await refusalOf(stack, team({ "bob@agency.example": "admin" })),
                /ada@agency\.example is this token's user .*List ada@agency\.example as well/,
            );
            assert.match(
                await refusalOf(stack, team({ "ada@agency.example": "admin", "olga@agency.example": "readonly" })),
                /olga@agency\.example owns organization \d+ and cannot be demoted\. List the owner as admin, or leave them out: they stay/,
            );

            const both = async () => {
                const acme = new section.Organization("acme", { name: "Acme" });
                new section.Team("acme-team", { organization: acme.id, members: { "ada@agency.example": "admin" } });
                new section.Membership("bob", { organization: acme.id, email: "bob@agency.example", role: "readonly" });
            };
            assert.match(
                await refusalOf(stack, both),
                /declared twice, as Team "acme-team" and as Membership "bob": a Team lists everybody/,
            );

            // from a Team to Memberships and back: nobody loses access on the way
            const memberships = async () => {
                const acme = new section.Organization("acme", { name: "Acme" });
                new section.Membership(
                    "ada",
                    { organization: acme.id, email: "ada@agency.example", role: "admin" },
                    { deletedWith: acme },
                );
                return { acme: acme.id };
            };
            await stack.up({ program: memberships });
            assert.equal((await listPeople(account))["ada@agency.example"], "admin");
            await stack.up({ program: team({ "ada@agency.example": "admin" }) });
            assert.equal((await listPeople(account))["ada@agency.example"], "admin");
            stack.setEnvironment({ SECTION_TOKEN: platform.token });
            await stack.destroy();
            assert.deepEqual(await platform.api.get("/account"), []);
        }));

    it("of an organization that exists already, nobody is removed whom no preview has shown", () =>
        withFolder(async (folder) => {
            const { id } = await platform.api.must("POST", "/account", { name: "Acme" });
            await platform.api.must("POST", `/account/${id}/user`, { email: "eve@elsewhere.example" });
            const stack = await openEngineStack({
                folder,
                program: team({ "ada@agency.example": "admin" }),
                environment: settings(),
            });
            await assert.rejects(
                stack.up(),
                /organization \d+ existed already and has members who are not listed: eve@elsewhere\.example \(admin\)/,
            );
            assert.deepEqual(Object.keys(await listPeople(id)).sort(), [
                "eve@elsewhere.example",
                "olga@agency.example",
            ]);
            const { stdout } = await stack.preview({ diff: true });
            assert.match(stdout, /removes *: \[\s+\[0\]: "eve@elsewhere\.example"/);
            await stack.up();
            assert.deepEqual(Object.keys(await listPeople(id)).sort(), ["ada@agency.example", "olga@agency.example"]);
            await stack.destroy();
        }));

    it("an owner's Membership leaves a program and stays; one's own and the last admin's do so only with the organization", () =>
        withFolder(async (folder) => {
            const program =
                (...emails: string[]) =>
                async () => {
                    const acme = new section.Organization("acme", { name: "Acme" });
                    for (const email of emails)
                        new section.Membership(email, { organization: acme.id, email, role: "admin" });
                    return { acme: acme.id };
                };
            const [olga, ada] = ["olga@agency.example", "ada@agency.example"];
            await platform.signUp(ada);
            const stack = await openStack({ folder, program: program(olga, ada), environment: settings() });
            await stack.setConfig("section:maxDeletes", "5");
            const { outputs } = await stack.up();
            const account = outputs.acme as string;
            const kept = `membership ${account}/${olga} is kept: ${olga} owns organization ${account}`;

            stack.setProgram(program(ada));
            assert.ok((await stack.preview()).stdout.includes(kept));
            const { changes, stdout } = await stack.up();
            assert.equal(changes.delete, 1);
            assert.ok(stdout.includes(kept));
            assert.equal((await listPeople(account))[olga], "admin");

            // another person may not take the own access away, not even without the guard
            stack.setEnvironment({ SECTION_TOKEN: await platform.tokenFor(ada) });
            stack.setProgram(program());
            await assert.rejects(stack.up(), /ada@agency\.example is this token's user and cannot be removed/);
            await stack.destroy();
            assert.deepEqual(await platform.api.get("/account"), []);
        }));

    it("what fails in the middle of a Team is finished by the next up; a Membership ends after its last day", () =>
        withFolder(async (folder) => {
            const proxy = await startFaultProxy(platform.url);
            try {
                const until = dayAhead(3);
                const program = (members: Members) => async () => {
                    const acme = new section.Organization("acme", { name: "Acme" });
                    const other = new section.Organization("other", { name: "Other" });
                    new section.Team("team", { organization: acme.id, members }, { deletedWith: acme });
                    new section.Membership(
                        "temp",
                        { organization: other.id, email: "temp@agency.example", role: "readonly", until },
                        { deletedWith: other },
                    );
                    return { acme: acme.id, other: other.id };
                };
                const before: Members = {
                    "a@agency.example": "admin",
                    "b@agency.example": "readonly",
                    "c@agency.example": "readonly",
                };
                const stack = await openStack({
                    folder,
                    program: program(before),
                    environment: { SECTION_ENDPOINT: proxy.url, SECTION_TOKEN: platform.token },
                });
                const { outputs } = await stack.up();
                proxy.decide(({ method }) => (method === "DELETE" ? "refuse" : "pass"));
                const after: Members = { "a@agency.example": "state", "d@agency.example": "admin" };
                await assert.rejects(stack.up({ program: program(after) }), /cannot be reached|did not answer/);
                const half = await listPeople(outputs.acme);
                assert.deepEqual(
                    [half["a@agency.example"], half["d@agency.example"], half["b@agency.example"]],
                    ["state", "admin", "readonly"],
                );
                proxy.decide(() => "pass");
                assert.equal((await stack.up()).changes.update, 1);
                assert.deepEqual(Object.keys(await listPeople(outputs.acme)).sort(), [
                    "a@agency.example",
                    "d@agency.example",
                    "olga@agency.example",
                ]);

                stack.setEnvironment(daysLater(4));
                const past = await stack.preview({ diff: true });
                assert.match(past.stdout, /\+ ended: true/);
                assert.deepEqual(past.changes, { same: 4, update: 1 });
                await stack.up();
                assert.deepEqual(await listPeople(outputs.other), { "olga@agency.example": "admin" });
                await stack.refresh();
                assert.deepEqual((await stack.preview()).changes, { same: 5 });
                await stack.destroy();
            } finally {
                proxy.close();
            }
        }));
});
