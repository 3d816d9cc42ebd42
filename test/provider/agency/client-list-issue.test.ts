import assert from "node:assert/strict";
import { formatPropertyPath } from "section-model";
import { checkClientList } from "../../../provider/agency/client-list-issue";

function linesOf(list: unknown): string[] {
    return checkClientList(list).issues.map(
        ({ path, reason, other }) =>
            `${formatPropertyPath(path)}: ${reason.replace(/;.*/, "")}${other === undefined ? "" : ` <- ${formatPropertyPath(other)}`}`,
    );
}
const site = (hostname: unknown, more: object = {}) => ({ hostname, ...more });

describe("what is wrong with a list of clients", () => {
    it("is all named at once", () => {
        const clients = [
            {
                name: "A",
                people: {
                    "x@y.example": "boss",
                    nobody: "admin",
                    "z@y.example": { role: "admin", untill: "2026-12-31" },
                },
                sites: [site("nodot"), { hostnam: "x.example" }, site("a.example", { origin: { adress: "o" } })],
            },
            { nam: "B" },
            "C",
        ];
        assert.deepEqual(linesOf({ clients, client: [] }).sort(), [
            "client: is not a known property",
            "clients[0].people.nobody: must be an e-mail address such as jane@agency.example",
            'clients[0].people["x@y.example"]: must be one of admin, restrictions-editor, state, readonly',
            'clients[0].people["z@y.example"].untill: is not a known property',
            "clients[0].sites[0].hostname: has no dot",
            "clients[0].sites[1].hostnam: is not a known property",
            "clients[0].sites[1].hostname: is missing",
            "clients[0].sites[2].origin.address: is missing",
            "clients[0].sites[2].origin.adress: is not a known property",
            "clients[1].nam: is not a known property",
            "clients[1].name: is missing",
            "clients[2]: must be a client such as { name: Acme }",
        ]);
        assert.match(checkClientList({ clients: [], client: 1 }).issues[0]?.reason ?? "", /did you mean clients\?/);
        const [{ reason } = { reason: "" }] = checkClientList({
            clients: [{ name: "A", sites: [site("a.example", { staging: { orgin: "x" } })] }],
        }).issues;
        assert.match(reason, /did you mean origin\?/);
    });

    it("includes everything that stands twice, with the first place, in any spelling", () => {
        const clients = [
            {
                name: "Acme",
                people: { "a@b.example": "admin", "A@B.example": "state" },
                sites: [site("www.acme.example", { aliases: ["acme.example"], staging: {} })],
            },
            { name: "ACME!", sites: [site("Acme.example.")] },
            {
                name: "Other",
                key: "acme",
                sites: [site("staging-www.acme.example"), site("www.acme.example", { staging: {} })],
            },
        ];
        assert.deepEqual(linesOf({ clients }), [
            'clients[0].people["A@B.example"]: a@b.example stands here twice <- clients[0].people["a@b.example"]',
            'clients[1].name: gives the key "acme", which another client has <- clients[0].name',
            'clients[2].key: gives the key "acme", which another client has <- clients[0].name',
            "clients[1].sites[0].hostname: acme.example stands here twice <- clients[0].sites[0].aliases[0]",
            "clients[2].sites[0].hostname: staging-www.acme.example stands here twice <- clients[0].sites[0].staging",
            "clients[2].sites[1].hostname: www.acme.example stands here twice <- clients[0].sites[0].hostname",
        ]);
    });

    it("includes staging first without staging, and a name without letters", () => {
        assert.deepEqual(linesOf({ clients: [{ name: "!!", sites: [site("a.example", { stagingFirst: true })] }] }), [
            "clients[0].name: has no letters or digits to make a key of",
            "clients[0].sites[0].stagingFirst: needs staging, which the site does not have",
        ]);
        assert.deepEqual(
            linesOf({
                clients: [{ name: "!!", key: "a", sites: [site("a.example", { stagingFirst: true, staging: {} })] }],
            }),
            [],
        );
    });

    it("is said of anything at all", () => {
        for (const list of [
            undefined,
            null,
            1,
            "x",
            [],
            { clients: null },
            { clients: {} },
            { clients: [null, 1, { sites: 1, people: 2 }, { sites: [null, 2, { aliases: 3, staging: 4 }] }] },
        ])
            assert.ok(checkClientList(list).issues.length > 0, JSON.stringify(list));
        assert.deepEqual(checkClientList({ clients: [] }), { clients: [], issues: [] });
    });
});
