import assert from "node:assert/strict";
import { keepDeclarable } from "../../../provider/nouns/environment/declarable-content";
import { declareEnvironment } from "../../../provider/nouns/environment/declare";
import { nouns } from "../../../provider/nouns/nouns";
import { importObject, requiredKeys } from "../../../provider/protocol/import";
import type { Kind } from "../../../provider/run/resource-kind";
import { openTestSession, ways } from "../../support/provider";
import { fresh } from "../../support/stores";

describe("an import", function () {
    this.timeout(60_000);

    for (const way of ways)
        it(`has the declaration that the thing satisfies (read by ${way})`, async () => {
            const session = await openTestSession({ way });
            const hostname = `${fresh("import")}.acme.example`;
            const { account, application } = await session.platform.api.makeSite("Acme", hostname);
            const site = `${account}/${application}`;
            const importOne = (kind: Kind, id: string) =>
                importObject({ noun: nouns[kind] as never, memory: session.memory, open: () => session }, id);

            assert.equal((await importOne("organization", String(account))).inputs.name, "Acme");
            const www = await importOne("application", site);
            assert.deepEqual([www.id, www.inputs.organization, www.inputs.hostname], [site, String(account), hostname]);
            assert.ok(!("__provider" in www.inputs) && !("__provider" in www.outputs));
            const { inputs, outputs } = await importOne("environment", `${site}/Production`);
            assert.deepEqual([inputs.application, inputs.name, inputs.hostname], [site, "Production", undefined]);
            assert.ok(inputs.origin !== undefined && inputs.proxyChain !== undefined);
            assert.match(String(outputs.head), /^[0-9a-f]{40}$/);
            const declared = await declareEnvironment(session, `${site}/Production`);
            assert.deepEqual(declared?.inputs.origin, inputs.origin);

            await assert.rejects(importOne("environment", `${site}/Nope`), /there is no environment .*\/Nope/);
            await assert.rejects(importOne("domain", "1"), /is not an id of the form/);
        });

    it("takes what every declaration has, and of content what a declaration can have", () => {
        const keys = Object.entries(nouns).map(([kind, noun]) => `${kind}: ${requiredKeys(noun).join(" ")}`);
        assert.deepEqual(keys, [
            "organization: name",
            "membership: organization email role",
            "application: organization hostname",
            "environment: application name",
            "domain: environment hostname",
            "team: organization members",
        ]);
        const told: string[] = [];
        const content = { origin: { address: "not an address" }, origins: {}, ipBlacklist: ["192.0.2.1"] };
        const kept = keepDeclarable(content, (property) => told.push(property));
        assert.deepEqual([kept, told], [{ ipBlacklist: ["192.0.2.1"] }, ["origin"]]);
    });
});
