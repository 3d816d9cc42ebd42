import assert from "node:assert/strict";
import { changeList, type ListEdit, siteAt as site } from "../../support/lists";

describe("a list of clients as CSV", () => {
    const header = "client;key;people;hostname;origin;origin.enableSni;aliases;staging.origin;ipBlacklist;proxyChain";
    const rows = [
        `Acme;acme;"Olaf@acme.example=readonly, it@acme.example=state:2027-01-31";www.acme.example;a.example;YES;acme.example b.acme.example;;192.0.2.1;varnish=varnish:6.3.1`,
        `Acme;acme;it@acme.example=state:2027-01-31;shop.acme.example;"b.example"`,
        `Bäckerei "Süß";b;;b.example;192.0.2.4;;;s.example`,
    ];
    const text = [header, ...rows, ""].join("\n");
    const [acme = "", shop = "", bakery = ""] = rows;
    const edit = (...changes: ListEdit[]) => changeList("clients.csv", text, ...changes);

    it("gets another value in its cell, and keeps every other character", async () => {
        assert.deepEqual(await edit([site(0, 0, "origin", "address"), "new.example"]), [
            acme.replace(";a.example;", ";new.example;"),
        ]);
        assert.deepEqual(await edit([site(0, 1, "origin"), { address: "new.example" }]), [
            shop.replace("b.example", "new.example"),
        ]);
        assert.deepEqual(await edit([site(0, 0, "origin"), { address: "a.example", enableSni: false }]), [
            acme.replace("YES", "NO"),
        ]);
        assert.deepEqual(await edit([site(0, 0, "origin"), { address: "a.example" }]), [acme.replace("YES", "")]);
        assert.deepEqual(await edit([site(0, 0, "ipBlacklist"), ["192.0.2.1", "198.51.100.0/24"]]), [
            acme.replace("192.0.2.1", "192.0.2.1 198.51.100.0/24"),
        ]);
        assert.deepEqual(await edit([site(0, 0, "aliases"), ["b.acme.example"]]), [
            acme.replace("acme.example b.acme.example", "b.acme.example"),
        ]);
        assert.deepEqual(await edit([site(0, 0, "aliases"), undefined]), [
            acme.replace("acme.example b.acme.example", ""),
        ]);
        assert.deepEqual(
            await edit([
                site(0, 0, "proxyChain"),
                [
                    { name: "varnish", image: "varnish:6.5.1" },
                    { name: "x", image: "x:1" },
                ],
            ]),
            [acme.replace("varnish=varnish:6.3.1", "varnish=varnish:6.5.1 x=x:1")],
        );
        assert.deepEqual(await edit([["clients", 1, "name"], "Bakery; Lindqvist"]), [
            bakery.replace(/^[^;]+/, '"Bakery; Lindqvist"'),
        ]);
        assert.deepEqual(
            await edit([["clients", 0, "name"], "Acme Ltd"]),
            [acme, shop].map((row) => row.replace("Acme", "Acme Ltd")),
        );
    });

    it("gets a cell that a short row does not have, and one in an empty column", async () => {
        assert.deepEqual(await edit([site(0, 1, "staging", "origin"), { address: "s.example" }]), [
            `${shop};;;s.example`,
        ]);
        assert.deepEqual(await edit([site(1, 0, "origin"), { address: "192.0.2.4", enableSni: true }]), [
            bakery.replace("192.0.2.4;", "192.0.2.4;true"),
        ]);
    });

    it("gets people in each cell that has them", async () => {
        const person = (email: string) => ["clients", 0, "people", email];
        assert.deepEqual(await edit([person("olaf@acme.example"), "admin"]), [acme.replace("readonly", "admin")]);
        assert.deepEqual(
            await edit([person("it@acme.example"), { role: "admin", until: "2027-02-28" }]),
            [acme, shop].map((row) => row.replace("state:2027-01-31", "admin:2027-02-28")),
        );
        assert.deepEqual(
            await edit([person("it@acme.example"), "state"]),
            [acme, shop].map((row) => row.replace(":2027-01-31", "")),
        );
        assert.deepEqual(await edit([person("olaf@acme.example"), undefined]), [
            acme.replace("Olaf@acme.example=readonly, ", ""),
        ]);
        assert.deepEqual(await edit([person("eve@acme.example"), "state"]), [
            acme.replace('31";', '31, eve@acme.example=state";'),
        ]);
        assert.deepEqual(await edit([["clients", 1, "people", "karin@b.example"], "admin"]), [
            bakery.replace(";b;;", ";b;karin@b.example=admin;"),
        ]);
    });

    it("refuses what no cell can hold, with the remedy", async () => {
        assert.deepEqual(
            await edit([site(0, 0, "origin"), { address: "a.example", enableSni: true, hostHeader: "h.example" }]),
            [
                "the header has no column origin.hostHeader. Add the column origin.hostHeader to the header, empty in all rows.",
            ],
        );
        assert.deepEqual(await edit([site(0, 0, "origins"), { other: { address: "x.example" } }]), [
            "no column holds origins.other. Declare the site in the program instead.",
        ]);
        assert.deepEqual(await edit([site(0, 0, "origin", "address"), "not an address"]), [
            "the list would not be valid: clients.csv:2:91: origin: must be a hostname or an IPv4 address, without scheme, port or path",
            "1 error in clients.csv. Change this place by hand.",
        ]);
    });
});
