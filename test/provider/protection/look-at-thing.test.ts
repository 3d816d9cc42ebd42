import assert from "node:assert/strict";
import { sayMover } from "../../../provider/history/say-mover";
import { foreseeId, lookAtThing, type Sight } from "../../../provider/protection/look-at-thing";
import { findGitUrl } from "../../../provider/run/find-branch";
import { unknownValue } from "../../../provider/run/unknown";
import { openTestSession } from "../../support/provider";
import { pushFiles } from "../../support/push";
import { fresh } from "../../support/stores";

const absent = { exists: false };

for (const extensions of [true, false]) {
    describe(`a sight ${extensions ? "with extensions" : "of pure v1"}`, function () {
        this.timeout(60_000);

        it("has of each kind what a change depends on, and whoever moved it where that can be known", async () => {
            const session = await openTestSession({ extensions });
            const { api, token } = session.platform;
            const hostname = `www.${fresh("acme")}.com`;
            const { id } = await api.must("POST", "/account/create", {
                name: "Acme",
                hostname,
                origin: "origin.acme.example",
            });
            const [application] = await api.get(`/account/${id}/application`);
            const site = `${id}/${application.id}`;
            const staging = `${site}/Staging`;
            const email = `${fresh("jane")}@agency.example`;
            await api.must("POST", `/account/${id}/user`, { email });
            const environments = `/account/${id}/application/${application.id}/environment`;
            await api.must("POST", `${environments}/create`, {
                name: "Staging",
                source_environment_name: "Production",
                domain_name: `staging.${hostname}`,
            });
            await api.must("POST", `${environments}/Staging/domain/shop.${hostname}`);
            const things: [kind: string, id: string][] = [
                ["organization", String(id)],
                ["team", String(id)],
                ["membership", `${id}/${email}`],
                ["application", site],
                ["environment", staging],
                ["domain", `${staging}/shop.${hostname}`],
            ];
            const seeAll = async () => {
                const { client } = await openTestSession({ extensions });
                return Promise.all(things.map(([kind, thing]) => lookAtThing({ ...session, client }, kind, thing)));
            };
            const [organization, team, member, app, environment, domain] = await seeAll();
            assert.deepEqual([organization?.name, Object.keys(organization?.members ?? {}).length], ["Acme", 2]);
            assert.deepEqual(team?.members, organization?.members);
            assert.equal(member?.role, team?.members?.[email]);
            assert.deepEqual([app?.hostname, app?.hostnames], [hostname, [hostname]]);
            assert.match(
                `${app?.head} ${environment?.head} ${environment?.tree}`,
                /^[0-9a-f]{40} [0-9a-f]{40} [0-9a-f]{40}$/,
            );
            assert.deepEqual(environment?.hostnames, [`shop.${hostname}`, `staging.${hostname}`]);
            assert.equal(domain?.environment, staging);

            const gone: [string, string][] = [
                ["organization", "999999"],
                ["team", "999999"],
                ["membership", `${id}/nobody@agency.example`],
                ["application", `${id}/999999`],
                ["environment", `${site}/Nothing`],
                ["domain", `${site}/Nothing/nothing.${hostname}`],
            ];
            for (const [kind, thing] of gone) assert.deepEqual(await lookAtThing(session, kind, thing), absent, kind);
            assert.equal(await lookAtThing(session, "guard", "1"), undefined);

            const gitUrl = await findGitUrl(session, {
                organization: id,
                application: application.id,
                environment: "Staging",
            });
            await pushFiles(token, gitUrl, {
                branch: "Staging",
                message: "robots",
                files: { "robots.txt": "User-agent: *\n" },
            });
            await api.must("DELETE", `${environments}/Staging/domain/shop.${hostname}`);
            const now = await seeAll();
            assert.notEqual(now[4]?.head, environment?.head);
            assert.deepEqual(now[5], absent);
            const mover = (index: number) => {
                const [kind, thing] = things[index] as [string, string];
                return sayMover(session, {
                    kind,
                    id: thing,
                    before: [organization, team, member, app, environment, domain][index] as Sight,
                    now: now[index] as Sight,
                });
            };
            assert.match(await mover(4), /^Gita <gita@agency\.example>, .* UTC, commit [0-9a-f]{10} "robots"$/);
            assert.match(await mover(5), extensions ? /^Olga Owner <olga@agency\.example>, .* request/ : /^somebody$/);
        });
    });
}

describe("the id of what is not there yet", () => {
    it("is known where its parts are", () => {
        assert.equal(foreseeId("environment", { application: "1/7", name: "Staging" }), "1/7/Staging");
        assert.equal(
            foreseeId("membership", { organization: "1", email: "jane@agency.example" }),
            "1/jane@agency.example",
        );
        assert.equal(
            foreseeId("domain", { environment: "1/7/Staging", hostname: "a.example" }),
            "1/7/Staging/a.example",
        );
        assert.equal(foreseeId("team", { organization: "1" }), "1");
        assert.equal(foreseeId("environment", { application: unknownValue, name: "Staging" }), undefined);
        for (const kind of ["organization", "application", "guard"])
            assert.equal(foreseeId(kind, { organization: "1", hostname: "a.example" }), undefined);
    });
});
