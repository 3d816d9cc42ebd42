import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import type { PlacedThing } from "section-client";
import { LeftClients, sayTakingBack } from "../../../cli/drift/left-agency";
import type { State, StateResource } from "../../../cli/engine/state";
import { withFolder } from "../../support/platform";

const organization = (name: string, parents: string): StateResource => ({
    urn: `urn:pulumi:prod::estate::${parents}section:index:Organization::${name}`,
    name,
    kind: "organization",
    id: "1",
    inputs: { name: "Acme" },
    outputs: {},
    provider: "",
    secrets: [],
    noted: "index.ts",
});
const thing: PlacedThing = { kind: "application", id: "2/3", organization: 2, thing: { application: 3 } };
const graph = [{ id: 2, name: "Bakery", applications: [] }];

describe("the client that takes a left thing back", () => {
    const resources = [organization("our/agency/acme", "section:index:Agency$"), organization("other/acme", "")];
    const state: State = { resources, explicit: new Map(), claims: new Map(), begun: new Set(), foreign: [] };

    it("is known by the name of an Agency in the state, and by nothing else", async () => {
        const clients = new LeftClients(state, ".");
        const client = await clients.find("our/agency/bakery/www.bakery.example/Staging", thing, graph);
        assert.deepEqual(client, { agency: "our/agency", key: "bakery", name: "Bakery" });
        assert.equal(await clients.find("other/bakery", thing, graph), undefined);
        assert.equal(await clients.find("our/agency-2/bakery", thing, graph), undefined);
    });

    it("is named with the list that its Agency reads, where one is found", () =>
        withFolder(async (folder) => {
            await writeFile(path.join(folder, "index.ts"), 'section.clientsFromCsv("clients.csv")');
            await writeFile(
                path.join(folder, "clients.csv"),
                "client,hostname,origin\nAcme,www.acme.example,192.0.2.1\n",
            );
            const client = await new LeftClients(state, folder).find("our/agency/bakery", thing, graph);
            assert.equal(
                client && sayTakingBack(client),
                'the client bakery ("Bakery") of the Agency our/agency declares it: put that client back into clients.csv',
            );
        }));
});
