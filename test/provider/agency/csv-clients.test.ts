import assert from "node:assert/strict";
import { CsvClients, type CsvEntry } from "../../../provider/agency/csv-clients";
import { columnNamed } from "../../../provider/agency/csv-columns";

function row(clients: CsvClients, line: number, cells: Record<string, string>): void {
    const entries = Object.entries(cells).map(([header, text], index): CsvEntry => {
        const column = columnNamed(header);
        assert.ok("kind" in column, header);
        return { column, header, cell: { text, line, column: index + 1 } };
    });
    clients.addRow(entries, { text: "", line, column: 1 });
}

describe("rows of CSV", () => {
    it("become clients, wherever the rows of one stand", () => {
        const clients = new CsvClients();
        row(clients, 2, { client: "A", hostname: "a.example", "staging.variables.ttl": "1s", stagingFirst: "Yes" });
        row(clients, 3, { client: "B", people: "x@b.example=admin" });
        row(clients, 4, { client: "A", hostname: "b.example", "origin.httpPort": "080", proxyChain: "varnish" });
        assert.deepEqual(clients.list, [
            {
                name: "A",
                sites: [
                    { hostname: "a.example", staging: { variables: { ttl: "1s" } }, stagingFirst: true },
                    { hostname: "b.example", origin: { httpPort: 80 }, proxyChain: [{ name: "varnish", image: "" }] },
                ],
            },
            { name: "B", people: { "x@b.example": "admin" }, sites: [] },
        ]);
        assert.deepEqual(clients.find(["clients", 0, "sites", 1, "hostname"]), {
            line: 4,
            column: 2,
            header: "hostname",
            rest: [],
        });
        assert.deepEqual(clients.find(["clients", 0, "sites", 1, "proxyChain", 0, "image"]), {
            line: 4,
            column: 4,
            header: "proxyChain",
            rest: [0, "image"],
        });
        assert.deepEqual(clients.find(["clients", 1, "people", "x@b.example"]), {
            line: 3,
            column: 2,
            header: "people",
            rest: ["x@b.example"],
        });
        assert.deepEqual(clients.find(["clients", 1, "sites"]), {
            line: 3,
            column: 1,
            header: undefined,
            rest: ["sites"],
        });
        assert.deepEqual(clients.find(["foo"]), { line: 1, column: 1, rest: [] });
    });

    it("have what all sites of a client share, once or the same each time", () => {
        const clients = new CsvClients();
        row(clients, 2, {
            client: "A",
            "client.config": "./a",
            "client.variables.ttl": "6h",
            people: "x@a.example=readonly:2026-12-31",
        });
        row(clients, 3, {
            client: "A",
            "client.config": "./a",
            "client.variables.ttl": "7h",
            people: "x@a.example=readonly",
        });
        assert.deepEqual(clients.list, [
            {
                name: "A",
                config: "./a",
                variables: { ttl: "6h" },
                people: { "x@a.example": { role: "readonly", until: "2026-12-31" } },
                sites: [],
            },
        ]);
        assert.deepEqual(
            clients.findings.map(({ line, column, reason }) => [line, column, reason]),
            [
                [3, 3, "says 7h, and another row of this client 6h (line 2, column 3); make them the same"],
                [
                    3,
                    4,
                    "x@a.example is readonly here and readonly:2026-12-31 elsewhere (line 2, column 4); make them the same",
                ],
            ],
        );
        assert.deepEqual(clients.find(["clients", 0, "people", "x@a.example", "until"]).rest, ["x@a.example", "until"]);
    });

    it("have the key of their client in every row, or in none", () => {
        const clients = new CsvClients();
        const reasons = (): unknown =>
            clients.findings.splice(0).map(({ line, column, reason }) => [line, column, reason]);
        row(clients, 2, { client: "A", key: "a", hostname: "a.example" });
        row(clients, 3, { client: "A", key: "a", people: "x@a.example=admin" });
        row(clients, 4, { client: "B", hostname: "b.example" });
        assert.deepEqual(reasons(), []);
        row(clients, 5, { client: "A", hostname: "c.example" });
        row(clients, 6, { client: "B", key: "b", hostname: "d.example" });
        row(clients, 7, { client: "A", key: "other", hostname: "e.example" });
        const write = "write the key in each row of the client";
        assert.deepEqual(reasons(), [
            [5, 1, `has no key, and line 2 of this client has the key a; ${write}`],
            [6, 2, `has the key b, and line 4 of this client has no key; ${write}`],
            [7, 2, "says other, and another row of this client a (line 2, column 2); make them the same"],
        ]);
    });

    it("have names in them that every object has, and only as names", () => {
        const clients = new CsvClients();
        row(clients, 2, {
            client: "__proto__",
            hostname: "a.example",
            "variables.__proto__": "x",
            people: "__proto__=admin constructor=admin",
        });
        row(clients, 3, { client: "toString", hostname: "b.example", "variables.constructor": "y" });
        assert.equal(clients.list.length, 2);
        assert.deepEqual(clients.findings, []);
        assert.deepEqual(Object.keys(clients.list[0]?.people ?? {}), ["__proto__", "constructor"]);
        assert.equal(({} as Record<string, unknown>).x, undefined);
    });
});
