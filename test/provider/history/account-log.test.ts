import assert from "node:assert/strict";
import { askLog } from "../../../provider/history/account-log";
import { openTestSession, type TestSession } from "../../support/provider";
import { fresh } from "../../support/stores";

interface Asked {
    kind: string;
    id: string;
    difference?: { key: string; member?: string; to: unknown };
    known?: Record<string, unknown>;
}

async function assertSays(
    session: TestSession,
    { kind, known = {}, ...asked }: Asked,
    deed: string | undefined,
): Promise<void> {
    const author = await askLog(session, kind, { ...asked, known });
    assert.equal(author?.deed, deed);
    if (author === undefined) return;
    assert.equal(author.who, "Olga Owner <olga@agency.example>");
    assert.match(author.request ?? "", /^\d{12}\.\d{6}$/);
    assert.ok(Math.abs(Date.now() - Date.parse(author.at)) < 60_000);
}

describe("the log of an account", function () {
    this.timeout(60_000);

    it("says how hostnames, environments and applications went, and who it was", async () => {
        const session = await openTestSession();
        const { api } = session.platform;
        const hostname = `${fresh("gone")}.acme.example`;
        const { account, application } = await api.makeSite("Acme", hostname);
        const root = `/account/${account}/application/${application}`;
        const id = `${account}/${application}`;
        await api.must("POST", `${root}/environment/create`, {
            name: "Staging",
            source_environment_name: "Production",
            domain_name: `s.${hostname}`,
        });
        for (const name of ["a", "b", "c"])
            await api.must("POST", `${root}/environment/Production/domain/${name}.${hostname}`);
        await api.must("DELETE", `${root}/environment/Production/domain/a.${hostname}`);
        await api.must("POST", `${root}/environment/Production/domain/b.${hostname}/move`, {
            environment_name: "Staging",
        });
        const domain = (environment: string, name: string) => ({
            kind: "domain",
            id: `${id}/${environment}/${name}.${hostname}`,
        });
        await assertSays(session, domain("Production", "a"), "detached");
        await assertSays(session, domain("Production", "b"), "moved to Staging");
        await assertSays(session, domain("Production", "c"), undefined);
        const production = {
            kind: "environment",
            id: `${id}/Production`,
            difference: { key: "hostname", to: undefined },
            known: { hostname: `a.${hostname}` },
        };
        await assertSays(session, production, "detached");
        await api.must("DELETE", `${root}/environment/Staging`);
        const afterwards = await openTestSession();
        await assertSays(afterwards, { kind: "environment", id: `${id}/Staging` }, "deleted");
        await assertSays(afterwards, domain("Staging", "b"), "deleted with its environment");
        await api.must("DELETE", root);
        const last = await openTestSession();
        await assertSays(last, { kind: "application", id }, "deleted");
        await assertSays(last, { kind: "environment", id: `${id}/Production` }, "deleted with its application");
        await assertSays(last, domain("Production", "c"), "deleted with its application");
        await assertSays(last, { kind: "novelty", id }, undefined);
    });
});
