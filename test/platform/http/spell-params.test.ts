import assert from "node:assert/strict";
import { addressOf, apiRoot } from "../../../platform/http/route";
import { allRoutes } from "../../../platform/http/routes";
import { withClone } from "../../support/clone";
import { requireSome } from "../../support/require-some";
import { Specification } from "../../support/specification";
import { fresh, onEveryPlatform } from "../../support/stores";
import { addressFor, rightRequest } from "../../support/v1-requests";
import { startV1World, type V1World } from "../../support/v1-world";

const atEnvironment = "/environment/{environmentName}";
const spelling = "pRODUCTION";

describe("an environment's name in a path", function () {
    this.timeout(120_000);
    let world: V1World;
    before(async () => {
        world = await startV1World("PGlite");
    });
    after(() => world.close());

    it("ignores case in every operation of v1", async () => {
        const { operations } = await Specification.read("swagger-2023");
        for (const operation of requireSome(operations.filter(({ path }) => path.includes(atEnvironment)))) {
            const { name, method, path, answers } = operation;
            const right = await rightRequest(name, world.site);
            const parameters = { ...right.parameters, environmentName: spelling };
            const address = addressFor(path, world.site, { ...right, parameters });
            const { status, text } = await world.site.api.call(method, address, right.body, right.headers);
            assert.ok(answers.has(String(status)) && status < 300, `${name}: ${status} ${text}`);
            assert.ok(!text.includes(spelling), `${name} answers with its own spelling: ${text}`);
        }
    });

    it("is the same in every answer to a GET, extensions too", async () => {
        const gets = allRoutes.filter(({ method, path }) => method === "GET" && path.includes(":environmentName"));
        for (const route of requireSome(gets)) {
            const path = addressOf(route)
                .slice(apiRoot.length)
                .replaceAll(/:(\w+)/g, "{$1}");
            const [own, other] = await Promise.all(
                ["Production", spelling].map((environmentName) =>
                    world.site.api.call("GET", addressFor(path, world.site, { parameters: { environmentName } })),
                ),
            );
            assert.deepEqual([other?.status, other?.text], [own?.status, own?.text], path);
            assert.equal(own?.status, 200, path);
        }
    });
});

onEveryPlatform("spellings of environments", (platform) => {
    it("mean one environment, whichever was made; what there is not is not found", async () => {
        const { api } = platform();
        const hostname = `${fresh("spell")}.acme.example`;
        const { account, application } = await api.makeSite("Acme", hostname);
        const at = `/account/${account}/application/${application}/environment`;
        const made = await api.must("POST", `${at}/create`, {
            name: "Staging",
            source_environment_name: "production",
            domain_name: `staging.${hostname}`,
        });
        assert.equal(made.environment_name, "Staging");
        for (const name of ["staging", "STAGING"]) {
            const { href, environment_name } = await api.get(`${at}/${name}`);
            assert.deepEqual([href, environment_name], [made.href, "Staging"]);
        }
        for (const name of ["stagin", "staging2", "st%C3%A0ging", "development"])
            assert.equal((await api.call("GET", `${at}/${name}`)).status, 404, name);
        assert.equal((await api.call("DELETE", `${at}/production`)).json.code, "environment-protected");
        assert.equal((await api.call("DELETE", `${at}/staging`)).status, 204);
        const [last] = await api.get(`/account/${account}/changes?limit=1`);
        assert.deepEqual([last.what, last.thing.environment_name], ["environment.delete", "Staging"]);
    });

    it("stay exact in git: another spelling is another branch", () =>
        withClone(platform(), async ({ git, root, write, push }) => {
            const { api } = platform();
            const before = await api.get(`${root}/production/head`);
            await git("checkout", "-b", "production");
            await write("outage_pages/other.html", "<p>Other");
            const { code, stderr } = await push("origin", "production");
            assert.equal(code, 0, stderr);
            assert.match(stderr, /branch production is kept and not deployed: the environment is called Production/);
            assert.deepEqual(await api.get(`${root}/production/head`), before);
        }));
});
