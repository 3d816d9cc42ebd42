import assert from "node:assert/strict";
import { rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { readState } from "../../../cli/engine/state";
import { renameClaims } from "../../../cli/up/rename-claims";
import { itBothWays, stateNow } from "../../support/both-ways";
import { makeClaim } from "../../support/claims";
import { withEngine } from "../../support/engine-script";
import { openTestSession } from "../../support/provider";
import { makeLook } from "../../support/stack-look";

describe("claims of resources that moved here", () => {
    itBothWays("get this stack's name and keep their ids; those of others and of copied states stay", async () => {
        const { platform } = await openTestSession();
        const [ours, theirs] = [makeClaim("acme", "all"), makeClaim("other", "all")];
        const late = makeClaim("late", "gone");
        const { id: ofGone } = await platform.api.must("POST", "/account", { name: "Late", claim: late });
        const { id } = await platform.api.must("POST", "/account", { name: "Moved", claim: ours });
        const { id: other } = await platform.api.must("POST", "/account", { name: "Other", claim: theirs });
        const claimOf = async (account: number) => (await platform.api.get(`/account/${account}`)).claim;
        const state = {
            urn: "urn:pulumi:prod::agency::pulumi-nodejs:dynamic/section:Organization::acme",
            type: "pulumi-nodejs:dynamic/section:Organization",
            id: String(id),
            custom: true,
            inputs: {},
            outputs: { __claim: ours.id },
        };
        const lateState = {
            ...state,
            urn: state.urn.replace("acme", "late"),
            id: String(ofGone),
            outputs: { __claim: late.id },
        };
        // the maker's own membership has the claim of the organization
        const membership = {
            ...state,
            urn: `${state.urn.replace("section:Organization", "section:Membership")}/olga@agency.example`,
            type: "pulumi-nodejs:dynamic/section:Membership",
            id: `${id}/1`,
        };
        const before = { ...process.env };
        // the selected stack is prod; the former one is called by its name
        const script =
            'case "$*" in *"--stack all"*) cat former.json ;; *"--stack gone"*) exit 1 ;; *"stack export"*) cat state.json ;; *) exit 1 ;; esac';
        await withEngine(script, async (folder) => {
            const save = (name: string, resources: object[]) =>
                writeFile(path.join(folder, name), JSON.stringify(stateNow({ deployment: { resources } })));
            await save("state.json", [state, membership, lateState]);
            await save("former.json", [state, membership]);
            Object.assign(process.env, { SECTION_ENDPOINT: platform.url, SECTION_TOKEN: platform.token });
            const choice = { cwd: folder };
            const look = makeLook({ choice, state: await readState(choice) });
            try {
                const { lines: copied, finish } = await renameClaims(look);
                assert.equal((await claimOf(ofGone)).stack, "gone", "nobody can read that stack: not before the up");
                const rest = ["claims of 1 thing that moved here from agency/gone name this stack now"];
                assert.deepEqual(await finish(), rest);
                assert.equal((await claimOf(ofGone)).stack, "prod");
                assert.deepEqual(copied, ["1 thing of agency/all is in this state, too, and stays that stack's"]);
                assert.equal((await claimOf(id)).stack, "all");
                await save("former.json", []);
                const { lines } = await renameClaims(look);
                assert.deepEqual(lines, ["claims of 1 thing that moved here from agency/all name this stack now"]);
                await rm(path.join(folder, "former.json")); // nothing has moved, so that nobody reads it again
                assert.deepEqual((await renameClaims(look)).lines, []);
            } finally {
                for (const name of ["SECTION_ENDPOINT", "SECTION_TOKEN"])
                    if (before[name] === undefined) delete process.env[name];
                    else process.env[name] = before[name];
            }
        });
        const now = await claimOf(id);
        assert.deepEqual([now.id, now.stack, now.resource], [ours.id, "prod", "acme"]);
        assert.equal((await claimOf(other)).stack, "all");
    });
});
