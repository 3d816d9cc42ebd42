import assert from "node:assert/strict";
import { listLive, refuseLiveDomains } from "../../../provider/protection/live-domains";
import { openTestSession } from "../../support/provider";
import { fresh } from "../../support/stores";

describe("what is live", () => {
    const domain = (hostname: string, engaged?: boolean) => ({
        hostname,
        zoneName: "acme.example",
        cname: "",
        engaged,
    });
    const domains = [domain("a.acme.example", true), domain("b.acme.example", false), domain("d.acme.example", true)];

    it("is named, and refused unless that is allowed", async () => {
        await assert.rejects(
            refuseLiveDomains(await openTestSession(), 1, "1/2/Staging", domains),
            /^Problem: 1\/2\/Staging serves visitors under a\.acme\.example, d\.acme\.example\. Move the DNS away first, or allow it/,
        );
        await refuseLiveDomains(await openTestSession({ allowLiveDelete: true }), 1, "1/2/Staging", domains);
        await refuseLiveDomains(await openTestSession(), 1, "1/2/Staging", domains.slice(1, 2));
    });

    it("is asked of the organization where an environment does not say; a role that may not list it is told nothing", async () => {
        const session = await openTestSession({ extensions: false });
        const hostname = `${fresh("live")}.acme.example`;
        const { id } = await session.platform.api.must("POST", "/account/create", {
            name: "Acme",
            hostname,
            origin: "192.0.2.1",
        });
        assert.deepEqual(await listLive(session, id, [domain(hostname), domain("z.acme.example", true)]), [
            "z.acme.example",
        ]);
        const reader = await session.platform.signUp(`${fresh("reader")}@agency.example`);
        const { email } = await reader.get("/user");
        await session.platform.api.must("POST", `/account/${id}/user`, { email });
        const [{ id: user }] = (await session.platform.api.get(`/account/${id}/user`)).filter(
            (each: { email: string }) => each.email === email,
        );
        await session.platform.api.must("POST", `/account/${id}/user/${user}`, { accountCapability: "readonly" });
        const theirs = await openTestSession({ extensions: false, token: reader.token });
        assert.deepEqual(await listLive(theirs, id, [domain(hostname)]), []);
    });
});
