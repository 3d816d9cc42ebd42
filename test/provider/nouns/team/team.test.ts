import assert from "node:assert/strict";
import { membershipNoun } from "../../../../provider/nouns/membership/membership";
import type { AnyNoun } from "../../../../provider/nouns/noun";
import { teamNoun } from "../../../../provider/nouns/team/team";
import { checkInputs } from "../../../../provider/protocol/check";
import type { NounInRun } from "../../../../provider/protocol/noun-in-run";
import { Memory } from "../../../../provider/run/memory";
import type { Session } from "../../../../provider/run/session";
import { unknownValue } from "../../../../provider/run/unknown";
import { openTestSession, type TestSession } from "../../../support/provider";
import { fresh } from "../../../support/stores";

const inRun = (noun: unknown, open: () => Session): NounInRun => ({
    noun: noun as AnyNoun,
    memory: new Memory(),
    open,
});
const never = () => assert.fail("something was sent");

async function makeOrganization({ platform }: TestSession): Promise<string> {
    const hostname = `${fresh("team")}.acme.example`;
    return String(
        (await platform.api.must("POST", "/account/create", { name: fresh("Client "), hostname, origin: "192.0.2.1" }))
            .id,
    );
}

const peopleOf = async ({ platform }: TestSession, organization: string): Promise<Record<string, string>> =>
    Object.fromEntries(
        (await platform.api.get(`/account/${organization}/user`)).map((each: Record<string, string>) => [
            each.email,
            each.accountCapability,
        ]),
    );

describe("the life of a team", function () {
    this.timeout(60_000);

    it("brings, changes and removes people in one go, on v1 too, and can do so twice", async () => {
        for (const extensions of [true, false]) {
            const session = await openTestSession({ extensions });
            const organization = await makeOrganization(session);
            await session.platform.api.must("POST", `/account/${organization}/user`, {
                email: "eve@elsewhere.example",
            });
            const inputs = {
                organization,
                members: { "ada@agency.example": "readonly" as const, "bob@agency.example": "admin" as const },
            };
            const foreseen = await teamNoun.foresee?.(session, inputs, {}, []);
            assert.deepEqual(foreseen, { removes: ["eve@elsewhere.example"] });
            assert.match(session.told.join("\n"), /eve@elsewhere\.example \(admin\) is not listed and will be removed/);
            const made = await teamNoun.ensure(session, { ...inputs, ...foreseen });
            assert.deepEqual(await peopleOf(session, organization), {
                "olga@agency.example": "admin",
                "ada@agency.example": "readonly",
                "bob@agency.example": "admin",
            });
            assert.deepEqual(made.outputs.pending, extensions ? ["ada@agency.example", "bob@agency.example"] : []);
            assert.deepEqual(await teamNoun.ensure(session, { ...inputs, ...foreseen }, made), made);
            assert.deepEqual(await teamNoun.observe(session, made.id, made.outputs), made, "no drift");
            assert.deepEqual(
                await teamNoun.foresee?.(session, inputs, { ...foreseen }, []),
                foreseen,
                "what was removed stays written down",
            );

            await session.platform.api.must("POST", `/account/${organization}/user`, {
                email: "late@elsewhere.example",
            });
            const kept = await teamNoun.ensure(session, { ...inputs, ...foreseen }, made);
            assert.ok(
                "late@elsewhere.example" in (await peopleOf(session, organization)),
                "nobody has seen them leave",
            );
            const seen = await openTestSession({ extensions }); // a later run: nothing is shared with the one before
            const observed = await teamNoun.observe(seen, made.id, kept.outputs);
            assert.deepEqual(Object.keys(observed?.inputs?.members ?? {}), [
                "ada@agency.example",
                "bob@agency.example",
                "late@elsewhere.example",
            ]);

            await teamNoun.remove(seen, made);
            await teamNoun.remove(seen, made);
            assert.deepEqual(Object.keys(await peopleOf(seen, organization)).sort(), [
                "late@elsewhere.example",
                "olga@agency.example",
            ]);
            assert.equal(
                await teamNoun.observe(seen, "2147483647", made.outputs),
                undefined,
                "gone with its organization",
            );
        }
    });

    it("refuses at preview what would lock out the caller, take the owner's role or leave no admin", async () => {
        const session = await openTestSession();
        const organization = await makeOrganization(session);
        const caller = `${fresh("caller")}@agency.example`;
        const { token } = await session.platform.signUp(caller);
        await session.platform.api.must("POST", `/account/${organization}/user`, { email: caller });
        const theirs = await openTestSession({ token });
        const check = async (members: object) =>
            (
                await checkInputs(
                    inRun(teamNoun, () => theirs),
                    {},
                    { organization, members },
                )
            ).failures.map(({ property, reason }) => `${property}: ${reason}`);
        assert.deepEqual(await check({ [caller]: "admin" }), []);
        assert.deepEqual(await check({}), [
            `members: members are refused: ${caller} is this token's user and cannot be removed by themselves. List ${caller} as well, or let another admin do it`,
        ]);
        assert.match(
            (await check({ [caller]: "state" })).join(),
            /cannot be demoted by themselves\. Let another admin do it/,
        );
        assert.match(
            (await check({ [caller]: "admin", "olga@agency.example": "state" })).join(),
            /olga@agency\.example owns organization/,
        );
    });

    it("last days: warned of, then ended without asking, never in the past from the beginning", async () => {
        const told: string[] = [];
        const checkOn = (today: string, olds: object, noun: unknown, news: object, open: () => TestSession = never) =>
            checkInputs(inRun(noun, open), { ...olds }, { ...news }, { today, tell: (line) => void told.push(line) });
        const session = await openTestSession();
        const organization = await makeOrganization(session);
        const open = () => session;
        const team = {
            organization,
            members: { "ada@agency.example": "admin", "temp@agency.example": { role: "state", until: "2026-12-31" } },
        };
        const first = await checkOn("2026-12-01", {}, teamNoun, team, open);
        assert.deepEqual([first.inputs, told], [team, []]);
        assert.deepEqual((await checkOn("2026-12-17", first.inputs, teamNoun, team)).inputs, team);
        assert.deepEqual(told.splice(0), [
            "temp@agency.example is a member until 2026-12-31, which is in 14 days: the first up after it ends the membership",
        ]);
        await checkOn("2026-12-30", first.inputs, teamNoun, team);
        await checkOn("2026-12-31", first.inputs, teamNoun, team);
        assert.match(told.splice(0).join("\n"), /which is tomorrow.*\n.*which is today/);
        const ended = await checkOn("2027-01-01", first.inputs, teamNoun, team, open);
        assert.deepEqual(ended.inputs, {
            organization,
            members: { "ada@agency.example": "admin" },
            ended: ["temp@agency.example"],
        });
        assert.deepEqual(
            (await checkOn("2027-02-01", ended.inputs, teamNoun, team)).inputs,
            ended.inputs,
            "once is enough",
        );
        const { failures } = await checkOn("2027-01-01", {}, teamNoun, team);
        assert.deepEqual(failures, [
            {
                property: "",
                reason: 'members["temp@agency.example"].until is 2026-12-31, which is past; name a later day, or leave temp@agency.example out to end the membership',
            },
        ]);

        const membership = {
            organization: unknownValue,
            email: "temp@agency.example",
            role: "admin",
            until: "2026-12-31",
        };
        const temp = await checkOn("2026-12-01", {}, membershipNoun, membership, open);
        assert.deepEqual(temp.inputs, membership);
        assert.deepEqual((await checkOn("2027-01-01", temp.inputs, membershipNoun, membership, open)).inputs, {
            ...membership,
            ended: true,
        });
        assert.match(
            (await checkOn("2027-01-01", {}, membershipNoun, membership)).failures.map(({ reason }) => reason).join(),
            /until is 2026-12-31, which is past/,
        );
        const moved = { ...membership, until: "2026-11-01" };
        assert.equal(
            (await checkOn("2026-12-01", temp.inputs, membershipNoun, moved)).failures.length,
            1,
            "moved into the past",
        );
    });

    it("a membership that has ended stays ended, and begins again when its last day moves", async () => {
        const session = await openTestSession();
        const organization = await makeOrganization(session);
        const inputs = { organization, email: "temp@agency.example", role: "state" as const, until: "2026-12-31" };
        const made = await membershipNoun.ensure(session, inputs);
        const ended = await membershipNoun.ensure(session, { ...inputs, ended: true }, made);
        assert.deepEqual(
            [ended.outputs.status, await peopleOf(session, organization)],
            ["ended", { "olga@agency.example": "admin" }],
        );
        assert.deepEqual(await membershipNoun.observe(session, ended.id, ended.outputs), ended);
        await session.platform.api.must("POST", `/account/${organization}/user`, { email: inputs.email });
        const later = await openTestSession();
        assert.deepEqual(
            (await membershipNoun.observe(later, ended.id, ended.outputs))?.inputs,
            { ...inputs, role: "admin" },
            "somebody let them in again",
        );
        const again = await membershipNoun.ensure(later, { ...inputs, until: "2027-12-31" }, ended);
        assert.deepEqual(
            [again.outputs.status, again.outputs.role, again.outputs.ended],
            ["pending", "state", undefined],
        );
        await membershipNoun.remove(await openTestSession(), again);
        assert.ok(!(inputs.email in (await peopleOf(session, organization))));
    });
});
