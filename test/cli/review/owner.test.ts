import assert from "node:assert/strict";
import { readPreview } from "../../../cli/engine/preview";
import { findOwners } from "../../../cli/review/owner";
import { unknownValue } from "../../../provider/run/unknown";
import { describeBothWays } from "../../support/both-ways";
import { previewText, type StepText, urnOf } from "../../support/preview";

function ownersOf(steps: StepText[]) {
    const preview = readPreview(previewText(steps));
    const of = findOwners(preview);
    return Object.fromEntries(preview.steps.map((step) => [step.name, of(step)]));
}

describeBothWays("whose a resource is", () => {
    it("is known by the program's references before there are ids", () => {
        const organization = { organization: unknownValue };
        const fromAcme = { organization: [urnOf("organization", "acme")] };
        const fromWww = { application: [urnOf("application", "www")] };
        const owners = ownersOf([
            { op: "create", kind: "organization", name: "acme", news: { name: "Acme" } },
            {
                op: "create",
                kind: "membership",
                name: "jane",
                news: { ...organization, email: "jane@agency.example" },
                from: fromAcme,
            },
            {
                op: "create",
                kind: "application",
                name: "www",
                news: { ...organization, hostname: "www.acme.example" },
                from: fromAcme,
            },
            {
                op: "create",
                kind: "environment",
                name: "staging",
                news: { application: unknownValue, name: "Staging" },
                from: fromWww,
            },
            {
                op: "create",
                kind: "domain",
                name: "shop",
                news: { environment: unknownValue, hostname: "shop.acme.example" },
                from: { environment: [urnOf("application", "www")] },
            },
            {
                op: "create",
                kind: "domain",
                name: "test",
                news: { environment: unknownValue, hostname: "test.acme.example" },
                from: { environment: [urnOf("environment", "staging")] },
            },
        ]);
        const client = { key: urnOf("organization", "acme"), name: "Acme" };
        const site = { key: urnOf("application", "www"), name: "www.acme.example" };
        assert.deepEqual(owners, {
            acme: { client },
            jane: { client },
            www: { client, site },
            staging: { client, site, environment: "Staging" },
            shop: { client, site, environment: "Production" },
            test: { client, site, environment: "Staging" },
        });
    });

    it("is known by ids where nothing else of the client or the site changes", () => {
        const environment = "1335/7171/Staging";
        const owners = ownersOf([
            {
                op: "same",
                kind: "organization",
                name: "acme",
                id: "1335",
                olds: { name: "Acme" },
                news: { name: "Acme" },
            },
            {
                op: "delete",
                kind: "domain",
                name: "gone",
                id: `${environment}/x.acme.example`,
                olds: { environment, hostname: "x.acme.example" },
            },
            {
                op: "update",
                kind: "membership",
                name: "joe",
                id: "7/joe@agency.example",
                olds: { organization: "7" },
                news: { organization: "7" },
            },
        ]);
        const client = { key: "1335", name: "Acme" };
        assert.deepEqual(owners.gone, {
            client,
            site: { key: "1335/7171", name: "application 1335/7171" },
            environment: "Staging",
        });
        assert.deepEqual(owners.joe, { client: { key: "7", name: "organization 7" } });
    });
});
