import assert from "node:assert/strict";
import { clientsFromCsv } from "pulumi-section";
import { readList } from "../../support/lists";

const read = (csv: string | Buffer) => readList(clientsFromCsv, "clients.csv", csv);
const acme = [
    {
        name: "Acme; Sons",
        people: { "a@b.example": "admin", "c@d.example": "readonly" },
        sites: [
            {
                hostname: "www.acme.example",
                origin: { address: "o.example", enableSni: true, httpPort: 8080 },
                aliases: ["acme.example", "b.example"],
                staging: { origin: { address: "s.example" } },
                variables: { ttl: "6h" },
                stagingFirst: false,
            },
            { hostname: "shop.acme.example", proxyChain: [{ name: "varnish", image: "varnish:6.3.1" }] },
        ],
    },
    { name: "Empty", key: "none", sites: [] },
];
const header = [
    "Client",
    "key",
    "people",
    "hostname",
    "origin",
    "origin.enableSni",
    "origin.httpPort",
    "aliases",
    "staging.origin",
    "variables.ttl",
    "stagingFirst",
    "proxyChain",
];
const rows = [
    [
        "Acme; Sons",
        "",
        "A@B.example=admin, c@d.example=readonly",
        "WWW.acme.example",
        "o.example",
        "TRUE",
        "8080",
        "acme.example\nb.example",
        "s.example",
        "6h",
        "no",
        "",
    ],
    ["Empty", "none", "", "", "", "", "", "", "", "", "", ""],
    ["Acme; Sons", "", "a@b.example=admin", "shop.acme.example", "", "", "", "", "", "", "", "varnish=varnish:6.3.1"],
];
const quoted = (text: string) => (/[\s,;"]/.test(text) ? `"${text}"` : text);
const written = (separator: string, end: string) =>
    [header, ...rows].map((row) => row.map(quoted).join(separator) + end).join("");

describe("clients from CSV", () => {
    it("are read as spreadsheets and people write them", async () => {
        const texts = [
            written(",", "\n"),
            written(";", "\r\n"),
            written("\t", "\r"),
            `\ufeff${written(";", "\r\n")};;;\r\n\r\n`,
            `sep=;\r\n${written(";", ";;\r\n")}`,
            written(",", "\n").trimEnd(),
        ];
        for (const text of texts)
            assert.deepEqual(
                JSON.parse(JSON.stringify(await read(text.replaceAll("A@B.example=admin", "a@b.example=admin")))),
                acme,
                JSON.stringify(text.slice(0, 40)),
            );
    });

    it("are refused with every place and the name of the column", async () => {
        const csv = `client;people;hostname;origin;aliases;staging.hostname;stagingFirst;origin.httpPort
Acme;a@b.example=admin;www.acme.example;o.example;acme.example;;;
"Acme";a@b.example=readonly;"shop acme
.example";http://o;;;maybe;81
B;x=boss nobody;www.b.example;o;nodot x/y;www.acme.example;;http;extra
;;www.x.example
`;
        const lines = (await read(csv)) as string[];
        const starts = lines
            .filter((line) => line.startsWith("clients.csv:"))
            .map((line) => line.split(": ").slice(0, 2).join(": "));
        assert.deepEqual(starts, [
            "clients.csv:3:8: people",
            "clients.csv:3:29: hostname",
            "clients.csv:4:11: origin",
            "clients.csv:4:22: stagingFirst",
            "clients.csv:4:28: origin.httpPort",
            "clients.csv:5:3: people.x",
            "clients.csv:5:3: people.nobody",
            "clients.csv:5:33: aliases[0]",
            "clients.csv:5:33: aliases[1]",
            "clients.csv:5:43: staging.hostname",
            "clients.csv:5:61: origin.httpPort",
            'clients.csv:5:66: "extra" stands in a column without a name; name it, or put the cell before it in quotes',
            "clients.csv:6:1: client",
        ]);
        assert.match(lines.join("\n"), /www\.acme\.example stands here twice; .* \(first at clients\.csv:2:24\)/);
        assert.equal(lines.at(-1), "13 errors in clients.csv. Correct the list; nothing was changed.");
    });

    it("name the earlier of two lines as the first, also if rows of one client stand apart", async () => {
        const rows = "client,hostname\nAcme,a.acme.example\nBakery,www.twice.example\nAcme,www.twice.example\n";
        assert.match(String(await read(rows)), /^clients\.csv:4:6: hostname: .* \(first at clients\.csv:3:8\)/);
    });

    it("need a header that is known, once", async () => {
        const lines = (await read("Client,hostnam,origin,origin\nA,b,c,d\n")) as string[];
        assert.deepEqual(lines.slice(0, -1), [
            "clients.csv:1:1: hostname: is missing in the header; the columns are client, key, people, hostname, origin, origin.httpPort, origin.httpsPort, origin.hostHeader and more",
            "clients.csv:1:8: hostnam: is not a column; did you mean hostname? Values for configuration files are called variables.NAME",
            "clients.csv:1:23: origin: stands twice in the header; remove one of the columns",
        ]);
        assert.match(String(await read("")), /^clients\.csv:1:1: client: is missing in the header/);
        assert.match(
            String(await read('client,hostname\nA,"a.example\nB,b.example\n')),
            /^clients\.csv:2:3: a quote begins here and nothing closes it/,
        );
        assert.deepEqual(await read("client,hostname\n"), []);
    });

    it("that contradict themselves are refused", async () => {
        assert.match(
            String(await read("client,key,hostname\nA,a,a.example\nA,b,b.example\n")),
            /^clients\.csv:3:3: key: says b, and another row of this client a \(line 2, column 3\)/,
        );
    });

    it("of a large agency are read within a second or so", async () => {
        const many = Array.from({ length: 10_000 }, (_, n) => `Client ${n % 3000},www.site-${n}.example,192.0.2.1,6h`);
        const started = Date.now();
        const clients = await read(`client,hostname,origin,variables.ttl\n${many.join("\n")}\n`);
        assert.equal(clients.length, 3000);
        assert.ok(Date.now() - started < 10_000, `${Date.now() - started} ms`);
    });
});
