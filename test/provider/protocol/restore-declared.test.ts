import assert from "node:assert/strict";
import { captureLines } from "../../support/capture-lines";
import { startOperation } from "../../support/operation";
import { providerPlatform } from "../../support/provider";

describe("an edit that failed halfway and was taken back", () => {
    let organization: string;
    before(async () => {
        ({ id: organization } = await (await startOperation())("organization").create({ name: "Back" }, "org"));
    });

    async function readOrigin(environment: string): Promise<string> {
        const { api } = await providerPlatform();
        const [account, application, name] = environment.split("/");
        const at = `/account/${account}/application/${application}/environment/${name}/configuration`;
        return ((await api.get(at)) as { origin: { address: string } }).origin.address;
    }

    async function readRoles(): Promise<Record<string, string>> {
        const { api } = await providerPlatform();
        const members: { email: string; accountCapability: string }[] = await api.get(`/account/${organization}/user`);
        return Object.fromEntries(members.map(({ email, accountCapability }) => [email, accountCapability]));
    }

    /** A Staging that one resource declares, and that another one took over with another origin. */
    async function changeStaging(hostname: string) {
        const start = await startOperation();
        const { id: application } = await start("application").create(
            { organization, hostname, origin: "192.0.2.1" },
            "www",
        );
        const declared = { application, name: "Staging", hostname: `staging.${hostname}`, origin: "192.0.2.2" };
        const made = await start("environment").create(declared, "staging");
        const failed = await startOperation();
        const edited = { ...declared, origin: "192.0.2.3" };
        const left = await failed("environment").create(edited, "renamed");
        assert.deepEqual([left.id, await readOrigin(made.id)], [made.id, "192.0.2.3"]);
        return { declared, made, left };
    }

    it("leaves the thing as the resource that stays declares it", async () => {
        const { declared, made, left } = await changeStaging("back.acme.example");
        const later = await startOperation();
        assert.equal((await later("environment").diff(made.id, made.outs, declared, "staging")).changes, false);
        const lines = await captureLines(() => later("environment").delete(left.id, left.outs));
        assert.match(lines.join("\n"), /is as declared again: an operation that failed had changed it/);
        assert.equal(await readOrigin(made.id), "192.0.2.2");
        const next = await startOperation();
        const read = await next("environment").read(made.id, made.outs);
        assert.equal(read.inputs, undefined, "a refresh finds no drift");
        const changed = { ...declared, origin: "192.0.2.4" };
        await next("environment").update(made.id, made.outs, changed, "staging");
        assert.equal(await readOrigin(made.id), "192.0.2.4");
    });

    it("leaves it as somebody else has made it since", async () => {
        const { declared, made, left } = await changeStaging("since.acme.example");
        const { api } = await providerPlatform();
        const [account, application] = made.id.split("/");
        const at = `/account/${account}/application/${application}/environment/Staging/configuration`;
        await api.must("PATCH", at, [{ op: "replace", path: "/origin/address", value: "192.0.2.9" }]);
        const later = await startOperation();
        await later("environment").diff(made.id, made.outs, declared, "staging");
        await later("environment").delete(left.id, left.outs);
        assert.equal(await readOrigin(made.id), "192.0.2.9");
    });

    it("gives people of a Team their roles back, and those of Memberships", async () => {
        const email = "pia@agency.example";
        const team = { organization, members: { "olga@agency.example": "admin", [email]: "readonly" } };
        const made = await (await startOperation())("team").create(team, "team");
        const half = { organization, email, role: "admin" };
        const left = await (await startOperation())("membership").create(half, "pia");
        assert.equal((await readRoles())[email], "admin");
        const later = await startOperation();
        await later("team").diff(made.id, made.outs, team, "team");
        await later("membership").delete(left.id, left.outs);
        assert.equal((await readRoles())[email], "readonly");

        const single = { organization, email, role: "readonly" };
        const pia = await (await startOperation())("membership").create(single, "pia");
        const other = { organization, members: { "olga@agency.example": "admin", [email]: "admin" } };
        const again = await (await startOperation())("team").create(other, "team2");
        assert.equal((await readRoles())[email], "admin");
        const last = await startOperation();
        await last("membership").diff(pia.id, pia.outs, single, "pia");
        await last("team").delete(again.id, again.outs);
        assert.equal((await readRoles())[email], "readonly");
    });
});
