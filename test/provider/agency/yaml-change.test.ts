import assert from "node:assert/strict";
import { changeList, type ListEdit, siteAt as site } from "../../support/lists";

describe("a list of clients as YAML", () => {
    const text = `# ours
x-busy: &busy { ttl: 30s }
clients:
    - name: Acme # the first
      people:
          olaf@acme.example: readonly # for now
          "it@acme.example": { role: state, until: 2027-01-31 }
      sites:
          - hostname: www.acme.example
            origin: 'a.example' # theirs
            aliases: [acme.example, b.acme.example]
            staging: {}
            variables: *busy
          - hostname: shop.acme.example
            origin:
                address: b.example
                enableSni: true
            aliases:
                - s.acme.example # short
                - t.acme.example
            proxyChain:
                - name: varnish
                  image: varnish:6.3.1
    - name: Bakery
      key: b
      people: &people
          karin@b.example: admin
      sites:
          - { hostname: b.example, origin: { address: 192.0.2.4, enableSni: true } }
    - { name: Third, people: *people }
`;
    const edit = (...changes: ListEdit[]) => changeList("clients.yaml", text, ...changes);
    const person = (email: string) => ["clients", 0, "people", email];

    it("gets another value in its place, and keeps quotes and comments", async () => {
        assert.deepEqual(await edit([site(0, 0, "origin", "address"), "new.example"]), [
            "            origin: 'new.example' # theirs",
        ]);
        assert.deepEqual(await edit([site(0, 0, "origin"), { address: "a.example", enableSni: true }]), [
            "            origin: { address: 'a.example', enableSni: true } # theirs",
        ]);
        assert.deepEqual(
            await edit([site(0, 1, "origin"), { address: "c.example", enableSni: true, httpPort: 8080 }]),
            ["                address: c.example", "                httpPort: 8080", "1 lines"],
        );
        assert.deepEqual(await edit([site(0, 1, "origin"), { address: "b.example" }]), ["-1 lines"]);
        assert.deepEqual(await edit([site(0, 1, "proxyChain"), [{ name: "varnish", image: "varnish:6.5.1" }]]), [
            "                  image: varnish:6.5.1",
        ]);
        assert.deepEqual(await edit([site(1, 0, "origin"), { address: "192.0.2.4" }]), [
            "          - { hostname: b.example, origin: { address: 192.0.2.4 } }",
        ]);
        assert.deepEqual(await edit([["clients", 1, "name"], "Bakery: Lindqvist"]), [
            '    - name: "Bakery: Lindqvist"',
        ]);
    });

    it("gets keys that it does not have", async () => {
        assert.deepEqual(await edit([site(0, 0, "staging", "origin"), { address: "s.example" }]), [
            "            staging: { origin: { address: s.example } }",
        ]);
        assert.deepEqual(await edit([site(0, 1, "ipBlacklist"), ["192.0.2.1", "198.51.100.0/24"]]), [
            "            ipBlacklist: [192.0.2.1, 198.51.100.0/24]",
            "1 lines",
        ]);
    });

    it("gets items of lists, and loses them", async () => {
        assert.deepEqual(await edit([site(0, 0, "aliases"), ["b.acme.example"]]), [
            "            aliases: [b.acme.example]",
        ]);
        assert.deepEqual(await edit([site(0, 1, "aliases"), ["s.acme.example", "u.acme.example", "v.acme.example"]]), [
            "                - u.acme.example",
            "                - v.acme.example",
            "1 lines",
        ]);
        assert.deepEqual(await edit([site(0, 1, "aliases"), ["t.acme.example"]]), ["-1 lines"]);
        assert.deepEqual(await edit([site(0, 1, "aliases"), undefined]), ["-3 lines"]);
    });

    it("gets people, changes and removes them", async () => {
        assert.deepEqual(await edit([person("olaf@acme.example"), "admin"]), [
            "          olaf@acme.example: admin # for now",
        ]);
        assert.deepEqual(await edit([person("olaf@acme.example"), { role: "admin", until: "2027-02-28" }]), [
            "          olaf@acme.example: { role: admin, until: 2027-02-28 } # for now",
        ]);
        assert.deepEqual(await edit([person("it@acme.example"), { role: "state", until: "2028-01-31" }]), [
            '          "it@acme.example": { role: state, until: 2028-01-31 }',
        ]);
        assert.deepEqual(await edit([person("it@acme.example"), undefined]), ["-1 lines"]);
        assert.deepEqual(await edit([person("eve@acme.example"), "state"]), [
            "          eve@acme.example: state",
            "1 lines",
        ]);
    });

    it("refuses what other places share, with the remedy", async () => {
        assert.deepEqual(await edit([site(0, 0, "variables", "ttl"), "1m"]), [
            "the value comes from the anchor &busy, which other places share. Write the value out in place of *busy.",
        ]);
        assert.deepEqual(await edit([["clients", 1, "people", "karin@b.example"], "state"]), [
            "the file would say something else in another place, too. Change this place by hand.",
        ]);
        assert.deepEqual(await edit([["clients", 2, "people", "karin@b.example"], "state"]), [
            "the value comes from the anchor &people, which other places share. Write the value out in place of *people.",
        ]);
    });
});
