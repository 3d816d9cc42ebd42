import assert from "node:assert/strict";
import type { Api } from "../../support/api";
import { type RunningPlatform, startPlatform } from "../../support/platform";
import { countReadRows } from "../../support/read-rows";

/** Clients that the agency has before the first and before the second count. */
const [few, many] = [3, 33];
/** Rows more than before that say nothing: a page more of an index, a hostname that sorts elsewhere. */
const tolerated = 10;

/** The first day of a client: what an `up` asks for. */
async function beginClient(api: Api, index: number) {
    const hostname = `www.client-${index}.example`;
    const { id } = await api.must("POST", "/account", { name: `Client ${index}` });
    await api.must("POST", `/account/${id}/user`, { email: "ada@agency.example" });
    const site = await api.must("POST", `/account/${id}/application/create`, { hostname, origin: "192.0.2.1" });
    const root = `/account/${id}/application/${site.id}/environment`;
    const source = { name: "Staging", source_environment_name: "Production", domain_name: `staging.${hostname}` };
    await api.must("POST", `${root}/create`, source);
    for (const name of ["Production", "Staging"]) {
        const expected = (await api.get(`${root}/${name}/head`)).commit;
        await api.must("POST", `${root}/${name}/commit`, { expected, message: "first", files: { a: "b" } });
    }
    await api.must("POST", `${root}/Production/domain/client-${index}.example`);
    return { account: `/account/${id}`, site: `/account/${id}/application/${site.id}`, root };
}

/** A later day and the last one. */
async function endClient(api: Api, { account, site, root }: Awaited<ReturnType<typeof beginClient>>, index: number) {
    for (const path of [account, `${account}/user`, site, `${root}/Staging`, `${root}/Staging/content`])
        await api.get(path);
    await api.must("PATCH", account, { account_name: `Renamed ${index}` });
    await api.must("DELETE", `${root}/Production/domain/client-${index}.example`);
    await api.must("DELETE", `${root}/Staging`);
    await api.must("DELETE", site);
    await api.must("DELETE", account);
}

describe("a large agency over PGlite", () => {
    let platform: RunningPlatform;
    before(async () => {
        platform = await startPlatform({ organizationLimit: 0, invitationLimit: 0 });
    });
    after(() => platform.close());

    it("costs for one more client what a small one costs: no query reads more rows", async () => {
        const { api } = platform;
        let made = 0;
        const growTo = async (size: number) => {
            while (made < size) await beginClient(api, made++);
        };
        const lifeOfOne = async () => {
            const index = made++;
            await endClient(api, await beginClient(api, index), index);
        };
        await growTo(few);
        const before = await countReadRows(lifeOfOne);
        await growTo(many);
        const now = await countReadRows(lifeOfOne);
        assert.ok(before.size > 20, `only ${before.size} queries were seen`);
        const grown = [...now].filter(([text, rows]) => rows > (before.get(text) ?? 0) + tolerated);
        assert.deepEqual(
            grown.map(([text, rows]) => `${before.get(text) ?? 0} -> ${rows} rows: ${text}`),
            [],
        );
    }).timeout(60_000);
});
