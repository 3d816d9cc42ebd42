import assert from "node:assert/strict";
import type { GraphOrganization } from "section-client";
import { listClaimable } from "section-client";
import type { LeftThing } from "../../../cli/drift/find-left";
import { declareLeft } from "../../../cli/drift/left-declaration";
import { leftToJson, sayLeft } from "../../../cli/drift/left-report";
import { makeClaim } from "../../support/claims";
import { openTestSession } from "../../support/provider";

const claimOf = (resource: string) => ({ ...makeClaim(resource), claimedAt: "2026-11-29T06:18:40.221Z" });
const domain = (hostname: string, resource?: string) => ({
    hostname,
    zoneName: "",
    cname: "",
    ...(resource && { claim: claimOf(resource) }),
});
const people = claimOf("people");
const member = (email: string, role: string) => ({ userId: 1, email, role, status: "active" as const, claim: people });

const graph: GraphOrganization[] = [
    {
        id: 3,
        name: 'Acme "Söhne"',
        claim: claimOf("acme"),
        members: [member("ben@agency.example", "state"), member("jane@agency.example", "readonly")],
        applications: [
            {
                id: 7,
                name: "www.acme.example",
                gitUrl: "",
                pathPrefix: "/",
                claim: claimOf("acme-www"),
                environments: [
                    { name: "Production", domains: [domain("www.acme.example")], claim: claimOf("production") },
                    {
                        name: "Staging",
                        domains: [domain("shop.acme.example", "shop"), domain("staging.acme.example")],
                        claim: claimOf("staging"),
                    },
                    { name: "Bare", domains: [], claim: claimOf("bare") },
                ],
            },
        ],
    },
];

async function loseAll(): Promise<LeftThing[]> {
    const session = await openTestSession();
    return listClaimable(graph).flatMap((each) =>
        each.claim === undefined ? [] : [{ ...each, claim: each.claim, session, graph, isBegun: false }],
    );
}

describe("lines that declare what a state lost", () => {
    it("have the names of the resources that made it, refer to each other, and make a team of one claim's people", async () => {
        const left = await loseAll();
        assert.deepEqual(
            declareLeft(left).map(({ statement }) => statement),
            [
                'const acme = new section.Organization("acme", { name: "Acme \\"Söhne\\"" });',
                'new section.Team("people", {\n    organization: acme.id,\n    members: { "ben@agency.example": "state", "jane@agency.example": "readonly" },\n});',
                'const acmeWww = new section.Application("acme-www", { organization: acme.id, hostname: "www.acme.example" });',
                'new section.Environment("production", { application: acmeWww.id, name: "Production" });',
                'const staging = new section.Environment("staging", {\n    application: acmeWww.id,\n    name: "Staging",\n    hostname: "staging.acme.example",\n});',
                'new section.Domain("shop", { environment: staging.id, hostname: "shop.acme.example" });',
                undefined,
            ],
        );
        const alone = left.filter(({ kind }) => kind === "domain");
        assert.equal(
            declareLeft(alone)[0]?.statement,
            'new section.Domain("shop", { environment: "3/7/Staging", hostname: "shop.acme.example" });',
        );
    });

    it("are not shown for what a client of an Agency takes back, or what another stack has; a sentence says so", async () => {
        const [organization, , , site, production] = await loseAll();
        assert.ok(organization && site && production);
        const client = { agency: "agency", key: "acme", name: "Acme", list: "clients.csv" };
        const said = sayLeft([{ ...organization, client }, { ...site, heldBy: "bakery" }, production]).split("\n");
        assert.deepEqual(
            [said[2], ...said.slice(4, 5), ...said.slice(6)],
            [
                '      the client acme ("Acme") of the Agency agency declares it: put that client back into clients.csv',
                "      the state of stack bakery has it: it is not left",
                '      new section.Environment("production", { application: "3/7", name: "Production" });',
                "What the state of another stack has is not removed here: pulumi-section up of that stack writes its name into the claims.",
                "To keep them, declare them again as shown: the next up goes on with what exists. To delete them: pulumi-section drift --left remove",
                "To give them up, and keep them on the platform: pulumi-section drift --left release",
            ],
        );
    });

    it("are shown with their things, and as data", async () => {
        const left = (await loseAll()).slice(1, 3);
        const [ben] = left;
        assert.ok(ben);
        assert.equal(
            sayLeft([{ ...ben, isBegun: true }])
                .split("\n")
                .slice(0, 3)
                .join("\n"),
            [
                "1 thing that this stack claimed is not in its state:",
                "  membership 3/ben@agency.example (people), claimed 2026-11-29 06:18:40 UTC, begun by an up",
                '      new section.Membership("people", { organization: "3", email: "ben@agency.example", role: "state" });',
            ].join("\n"),
        );
        const statement =
            'new section.Team("people", {\n    organization: "3",\n    members: { "ben@agency.example": "state", "jane@agency.example": "readonly" },\n});';
        assert.deepEqual(
            leftToJson(left),
            ["ben", "jane"].map((name) => ({
                kind: "membership",
                id: `3/${name}@agency.example`,
                name: "people",
                claimedAt: "2026-11-29T06:18:40.221Z",
                isBegun: false,
                statement,
            })),
        );
    });
});
