import assert from "node:assert/strict";
import { clientsFromYaml } from "pulumi-section";
import type { ClientDeclaration } from "../../../provider/agency/client-declaration";
import { readList } from "../../support/lists";

const read = (yaml: string) => readList(clientsFromYaml, "clients.yaml", yaml);

describe("clients from YAML", () => {
    it("are read with anchors, aliases and merge keys", async () => {
        const yaml = `\ufeff# a comment
x-site: &site { origin: o.example, staging: &staging { variables: { ttl: 5s } } }
clients:
    - name: Acme
      people: { Ada@agency.example: admin }
      sites:
          - { <<: *site, hostname: www.acme.example }
          - <<: [{ stagingFirst: true }, *site]
            hostname: shop.acme.example
            origin: 192.0.2.1
          - { hostname: a.example, staging: *staging }
    - name: Empty
`;
        const staging = { variables: { ttl: "5s" } };
        assert.deepEqual(await read(yaml), [
            {
                name: "Acme",
                people: { "ada@agency.example": "admin" },
                sites: [
                    { hostname: "www.acme.example", origin: { address: "o.example" }, staging },
                    { hostname: "shop.acme.example", origin: { address: "192.0.2.1" }, staging, stagingFirst: true },
                    { hostname: "a.example", staging },
                ],
            },
            { name: "Empty" },
        ]);
    });

    it("are refused with every place: in anchors, aliases, merges, keys and where something is missing", async () => {
        const yaml = `x-base: &base
  origin: { address: o.example, httpPort: 81 }
clients:
  - name: Acme
    people: { a@b.example: boss }
    name: twice
    sites:
      - <<: *base
        hostname: www.acme.example
        aliases:
          - http://x.example
      - { hostname: WWW.acme.example, hostnam: y }
      - staging: {}
`;
        assert.deepEqual(await read(yaml), [
            "clients.yaml:2:43: origin.httpPort: must be one of 80, 443, 5080, 5443, 8080, 8443",
            'clients.yaml:5:28: people["a@b.example"]: must be one of admin, restrictions-editor, state, readonly',
            "clients.yaml:6:5: this key stands here twice; remove one of them",
            'clients.yaml:11:13: aliases[0]: must not have a scheme; write "x.example"',
            "clients.yaml:12:21: hostname: www.acme.example stands here twice; a hostname belongs to one environment of one site, remove one of them (first at clients.yaml:9:19)",
            "clients.yaml:12:39: hostnam: is not a known property; did you mean hostname?",
            "clients.yaml:13:9: hostname: is missing; it must be a hostname such as www.acme.example",
            "7 errors in clients.yaml. Correct the list; nothing was changed.",
        ]);
    });

    const odd = ["1.10", "0123", "12345678901234567890", "1e3", "0x1F", "0o14", "+5", "-0", "1.0", ".inf", "yes"];

    it("give variables the text that stands there, in maps, anchors and merges, also where YAML reads a number", async () => {
        const values = Object.fromEntries([...odd, "2026-12-31", "~x"].map((text, n) => [`v${n}`, text]));
        const map = `{ ${Object.entries(values)
            .map(([name, text]) => `${name}: ${text}`)
            .join(", ")} }`;
        const yaml = `x-one: &one 1.10
x-map: &map ${map}
x-site: &site { variables: *map, staging: { variables: { <<: [*map], w: *one } } }
clients:
  - name: Acme
    variables: ${map}
    sites:
      - { <<: *site, hostname: www.acme.example, variables: { <<: *map, n: 5, h: 0.5 } }
      - { <<: *site, hostname: shop.acme.example }
`;
        const [client] = (await read(yaml)) as ClientDeclaration[];
        assert.deepEqual(client?.variables, values);
        assert.deepEqual(client?.sites?.[0]?.variables, { ...values, n: 5, h: 0.5 });
        assert.deepEqual(client?.sites?.[1]?.variables, values);
        assert.deepEqual(client?.sites?.[1]?.staging?.variables, { ...values, w: "1.10" });
    });

    it("say that quotes are needed, where YAML reads something else than the text that belongs there", async () => {
        const yaml = `clients:
  - name: 1.10
    key: 0123
    variables: { a: true, b: ~ }
    sites:
      - { hostname: www.acme.example, promote: 12e3, origin: { address: 5, httpPort: 0x50 } }
`;
        assert.deepEqual(await read(yaml), [
            "clients.yaml:2:11: name: must be a name; put it in quotes",
            "clients.yaml:3:10: key: must be a key such as acme-outdoor; put it in quotes",
            "clients.yaml:4:21: variables.a: must be a text or a number; put it in quotes",
            "clients.yaml:4:30: variables.b: must be a text or a number; put it in quotes",
            'clients.yaml:6:48: promote: must be "staging" or a commit; put it in quotes',
            "clients.yaml:6:73: origin.address: must be a hostname or an IPv4 address; put it in quotes",
            "6 errors in clients.yaml. Correct the list; nothing was changed.",
        ]);
        assert.match(
            String(await read(`%YAML 1.1\n---\n${yaml.replace("true", "yes")}`)),
            /:6:21: variables\.a: .*quotes/,
        );
    });

    it("that are no YAML are refused with the places of that", async () => {
        assert.match(String(await read("clients: [\n  a: b: c\n")), /^clients\.yaml:2:\d+: .*errors? in clients\.yaml/);
        assert.match(
            String(await read("clients: *nothing\n")),
            /^clients\.yaml:1:10: \*nothing has no anchor; write &nothing before it,1 error/,
        );
        assert.match(String(await read("clients: !secret x\n")), /^clients\.yaml:1:10: Unresolved tag: !secret/);
        for (const second of ["---\nclients: []", "--- # more\n", "...\n---\nclients: []\n---\n"])
            assert.deepEqual(await read(`# ours\n---\nclients: []\n${second}`), [
                `clients.yaml:${second.startsWith("...") ? 5 : 4}:1: a second document begins here; put all clients into the first one and remove this line`,
                "1 error in clients.yaml. Correct the list; nothing was changed.",
            ]);
        assert.deepEqual(await read(""), [
            "clients.yaml:1:1: must have clients: and below it a list",
            "1 error in clients.yaml. Correct the list; nothing was changed.",
        ]);
    });

    it("that would be endless written out are refused quickly", async () => {
        const bomb = [
            "x-a0: &a0 [x, x, x, x, x, x, x, x, x]",
            ...Array.from({ length: 9 }, (_, n) => `x-a${n + 1}: &a${n + 1} [${Array(9).fill(`*a${n}`).join(", ")}]`),
        ];
        const started = Date.now();
        assert.match(
            String(await read(`${bomb.join("\n")}\nclients: *a9\n`)),
            /^clients\.yaml is too large when its anchors are written out/,
        );
        const wide = `x-a: &a [${Array(2000).fill("x").join(", ")}]\nclients: [${Array(2000).fill("*a").join(", ")}]\n`;
        assert.match(String(await read(wide)), /^clients\.yaml is too large .*more than 1000000 values/);
        assert.match(
            String(await read(`clients: ${"[".repeat(2000)}${"]".repeat(2000)}\n`)),
            /nested deeper|is not|errors?/,
        );
        assert.match(String(await read("clients: &a [*a]\n")), /errors?|large|deeper/);
        assert.ok(Date.now() - started < 10_000, `${Date.now() - started} ms`);
    });

    it("may use an anchor for every site of a large agency", async () => {
        const sites = Array.from({ length: 3000 }, (_, n) => `      - { <<: *base, hostname: s${n}.acme.example }`);
        const clients = await read(
            `x-base: &base { origin: o.example }\nclients:\n  - name: Acme\n    sites:\n${sites.join("\n")}\n`,
        );
        assert.equal((clients[0] as { sites: unknown[] }).sites?.length, 3000, String(clients).slice(0, 300));
    });
});
