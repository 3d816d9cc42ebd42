import assert from "node:assert/strict";
import { Api } from "../support/api";
import { environmentOf, type Internet, startInternet, untilConfigured } from "../support/issuing";
import { signUpOffline } from "../support/offline";
import { spawnPlatform, withFolder } from "../support/platform";

const failpoints = [
    "certificate.before-order",
    "certificate.order-unnoted",
    "certificate.after-order",
    "certificate.before-challenge",
    "certificate.after-challenge",
    "certificate.before-finalize",
    "certificate.after-finalize",
    "certificate.before-store",
];

describe("a platform that is killed while it issues a certificate", () => {
    let internet: Internet;
    before(async () => {
        internet = await startInternet();
    });
    after(() => internet.stop());

    it("has exactly one after the next boot, at whatever step it was", () =>
        withFolder(async (data) => {
            const token = await signUpOffline(data, "olga@agency.example");
            const environment = environmentOf(internet);
            let platform = await spawnPlatform(data, { port: internet.port, environment });
            const { account, application } = await new Api(platform.url, token).makeSite("Acme", "www.acme.example");
            let orders = 0;
            for (const [index, failpoint] of failpoints.entries()) {
                await platform.stop();
                platform = await spawnPlatform(data, {
                    port: internet.port,
                    environment: { ...environment, SECTION_PLATFORM_FAILPOINT: failpoint },
                });
                const api = new Api(platform.url, token);
                const hostname = `crash${index}.acme.example`;
                await api.must(
                    "POST",
                    `/account/${account}/application/${application}/environment/Production/domain/${hostname}`,
                );
                internet.pointHere(hostname);
                const [issued, ordered] = [internet.pebble.issued(), internet.pebble.ordered()];
                await assert.rejects(
                    api.call("POST", `/account/${account}/domain/${hostname}/renewCertificate`),
                    `${failpoint} was not passed`,
                );
                await platform.ended;
                platform = await spawnPlatform(data, { port: internet.port, environment });
                const { type, hostname_valid } = await untilConfigured(new Api(platform.url, token), account, hostname);
                assert.deepEqual([type, hostname_valid], ["letsencrypt", true], failpoint);
                assert.equal(internet.pebble.issued(), issued + 1, failpoint);
                orders += internet.pebble.ordered() - ordered;
            }
            await platform.stop();
            // one more could not be noted, and one may be refused because the authority asked a platform that was dead
            assert.ok([1, 2].includes(orders - failpoints.length), `${orders} orders`);
            console.log(`      ${failpoints.length} kills: ${failpoints.length} certificates, ${orders} orders`);
        }));
});
