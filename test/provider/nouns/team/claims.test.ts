import assert from "node:assert/strict";
import { listMembers } from "../../../../client/memberships";
import { captureLines } from "../../../support/capture-lines";
import { startOperation } from "../../../support/operation";
import { openTestSession } from "../../../support/provider";
import { fresh } from "../../../support/stores";

const [olga, bea, cy] = ["olga@agency.example", "bea@agency.example", "cy@agency.example"];

describe("the claims of a team", () => {
    /** An organization whose stack has a team of Olga and Bea; another stack has Cy as a Membership. */
    async function makePeople() {
        const start = await startOperation();
        const { id: organization } = await start("organization").create({ name: fresh("People ") }, "acme");
        const team = await start("team").create(
            { organization, members: { [olga]: "admin", [bea]: "state" } },
            "people",
        );
        const other = await startOperation();
        const person = { organization, email: cy, role: "readonly" };
        const ofOther = await other("membership").create(person, { stack: "copy", resource: "cy" });
        const see = async () => {
            const members = await listMembers((await openTestSession()).client, Number(organization));
            return Object.fromEntries(members.map(({ email, role, claim }) => [email, [role, claim?.resource]]));
        };
        return { organization, team, ofOther, see };
    }

    it("are to all listed people; a member of another stack stays, and the preview says so", async () => {
        const { organization, team, see } = await makePeople();
        const members = { [olga]: "admin", [bea]: "readonly" };
        const start = await startOperation();
        const lines = await captureLines(async () => {
            await start("team").update(team.id, team.outs, { organization, members }, "people");
        });
        assert.match(lines.join("\n"), /cy@agency\.example \(readonly\) stays: of agency\/copy cy/);
        assert.deepEqual(await see(), {
            [olga]: ["admin", "people"],
            [bea]: ["readonly", "people"],
            [cy]: ["readonly", "cy"],
        });
    });

    it("are not to another stack's member, whose role it does not change without consent", async () => {
        const { organization, team, see } = await makePeople();
        const members = { [olga]: "admin", [bea]: "state", [cy]: "admin" };
        const start = await startOperation();
        await assert.rejects(
            start("team").update(team.id, team.outs, { organization, members }, "people"),
            /would change cy@agency\.example \(readonly, of agency\/copy cy\)/,
        );
        assert.deepEqual((await see())[cy], ["readonly", "cy"]);
        const consenting = { resource: "people", adopt: true as const };
        await start("team").update(team.id, team.outs, { organization, members }, consenting);
        assert.deepEqual((await see())[cy], ["admin", "people"]);
    });

    it("let a later delete of the team remove only people whom it still has", async () => {
        const { organization, team, see } = await makePeople();
        const her = { organization, email: bea, role: "state" };
        await (await startOperation())("membership").create(her, "bea");
        const lines = await captureLines(async () => (await startOperation())("team").delete(team.id, team.outs));
        assert.match(lines.join("\n"), /bea@agency\.example \(state\) stays: of agency\/tests bea now/);
        assert.deepEqual(Object.keys(await see()).sort(), [bea, cy, olga].sort());
    });
});
