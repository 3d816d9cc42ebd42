import assert from "node:assert/strict";
import type { Context } from "../../../platform/service/context";
import { sharedContext } from "../../support/context";
import { type ListeningServer, startListening } from "../../support/listening-server";
import { refuseLag } from "../../support/loop-lag";
import { author, files } from "../../support/repository";
import { fresh } from "../../support/stores";

const mebibyte = 1024 * 1024;
/** Nobody notices that others wait for so long. */
const mostMs = 100;

/** Repeats a piece, with commas between, as far as `bytes` go. */
const repeat = (piece: string, bytes: number) =>
    Array.from({ length: Math.floor(bytes / (piece.length + 1)) }, () => piece).join(",");

interface Reply {
    status: number;
    text: string;
}

describe("input that is made to cost much", function () {
    this.timeout(120_000);
    let running: ListeningServer;
    let context: Context;
    let site: { account: number; application: number };
    let at: string;

    before(async () => {
        context = await sharedContext();
        running = await startListening();
        site = await running.api.makeSite("Acme", `${fresh("large")}.acme.example`);
        at = `/account/${site.account}/application/${site.application}/environment/Production`;
        await running.api.get(at);
    });
    after(() => running.close());

    const send = async (method: string, path: string, body?: string | Uint8Array, headers = {}): Promise<Reply> => {
        const answer = await fetch(`${running.url}${path.startsWith("/new/") ? "" : "/api/v1"}${path}`, {
            method,
            headers: { "section-token": running.api.token as string, ...headers },
            body: body as Uint8Array<ArrayBuffer> | string | undefined,
        });
        return { status: answer.status, text: await answer.text() };
    };

    /** Puts a file on the branch as a repository from before the limits has it. */
    const plant = (
        content: Record<string, string>,
        key = { accountId: site.account, applicationId: site.application },
    ) => context.repositories.edit(key, "Production", { author, message: "old" }, async () => files(content));

    const patchOf = (operations: unknown[]) => JSON.stringify(operations);
    const pairs = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, at) => [`k${at}`, 0]));

    const patches: [what: string, body: () => string, status: number][] = [
        [
            "a PATCH of 9.8 MB with 9,999 edits of a long list",
            () =>
                `[{"op":"add","path":"/a","value":[${repeat("0", 9_000_000)}]},${repeat('{"op":"add","path":"/a/0","value":0}', 360_000)}]`,
            413,
        ],
        [
            "9,999 edits of the longest list that a patch can bring",
            () =>
                patchOf([
                    { op: "add", path: "/a", value: Array.from({ length: 19_000 }, () => 0) },
                    ...Array.from({ length: 9_999 }, () => ({ op: "remove", path: "/a/0" })),
                ]),
            200,
        ],
        [
            "tests of an object of many members",
            () =>
                patchOf([
                    { op: "add", path: "/a", value: pairs(8_000) },
                    ...Array.from({ length: 9_000 }, () => ({ op: "test", path: "/a", value: {} })),
                ]),
            400,
        ],
        [
            "tests of equal objects of many members",
            () =>
                patchOf([
                    { op: "add", path: "/a", value: pairs(20_000) },
                    { op: "copy", from: "/a", path: "/b" },
                    { op: "test", path: "/b", value: pairs(20_000) },
                ]),
            200,
        ],
        [
            "copies that double",
            () => patchOf(Array.from({ length: 60 }, (_, index) => ({ op: "copy", from: "", path: `/c${index}` }))),
            400,
        ],
        [
            "a copy of many lists",
            () =>
                patchOf([
                    { op: "add", path: "/a", value: Array.from({ length: 50_000 }, () => []) },
                    { op: "copy", from: "/a", path: "/b" },
                    { op: "copy", from: "/a", path: "/c" },
                ]),
            400,
        ],
        [
            "moves that nest",
            () =>
                patchOf(
                    Array.from({ length: 5_000 }, (_, index) => [
                        { op: "add", path: `/m${index}`, value: {} },
                        { op: "move", from: index === 0 ? "/n" : `/m${index - 1}`, path: `/m${index}/x` },
                    ]).flat(),
                ),
            400,
        ],
        ["a long text", () => patchOf([{ op: "add", path: "/t", value: '"'.repeat(500_000) }]), 200],
        [
            "long pointers",
            () => patchOf(Array.from({ length: 1_000 }, () => ({ op: "test", path: "/a".repeat(990), value: 0 }))),
            400,
        ],
    ];
    for (const [what, body, status] of patches) {
        it(`a patch: ${what}`, async () => {
            const text = Buffer.from(body());
            const filepath = `varnish/${fresh("x")}.json`;
            await running.api.must("PATCH", `${at}/configuration`, []);
            await send("PATCH", `${at}/update`, patchOf([{ op: "add", path: "", value: { n: 0 } }]), { filepath });
            await refuseLag(what, mostMs, async () => {
                const reply = await send("PATCH", `${at}/update`, text, { filepath });
                assert.equal(reply.status, status, reply.text.slice(0, 300));
            });
        });
    }

    it("a layout that makes a file hundreds of times as long", async () => {
        const value = JSON.parse(`${"[".repeat(150)}${repeat("0", 80_000)}${"]".repeat(150)}`);
        for (const blanks of [4, 1_000]) {
            const filepath = `varnish/${fresh("x")}.json`;
            await plant({ [filepath]: `{\n${" ".repeat(blanks)}"a": 1\n}` });
            const body = patchOf([{ op: "add", path: "/b", value }]);
            await refuseLag(`a layout of ${blanks} blanks`, mostMs, async () => {
                const reply = await send("PATCH", `${at}/update`, body, { filepath });
                assert.match(`${reply.status} ${reply.text}`, /^400 .*the patch makes varnish\S+ larger than 1 MiB/);
            });
        }
        await refuseLag("a layout of section.config.json", mostMs, async () => {
            const reply = await send("PATCH", `${at}/configuration`, patchOf([{ op: "add", path: "/b", value }]));
            assert.match(
                `${reply.status} ${reply.text}`,
                /^400 .*section\.config\.json has \d+ bytes; it may have 1 MiB/,
            );
        });
    });

    it("a patch of a file of many values, and files that are shown", async () => {
        const many = `[${repeat("[]", 1_000_000)}]`;
        const names = `{${Array.from({ length: 60_000 }, (_, at) => `"feature${at}":1`)}}`;
        await plant({
            "varnish/many.json": many,
            "varnish/proxy-features.json": names,
            "varnish/.section-external-source.json": names,
            "varnish/large.vcl": "x".repeat(3 * mebibyte),
            "text.txt": "\u0001".repeat(7 * mebibyte),
        });
        const patch = patchOf([{ op: "add", path: "/0", value: 1 }]);
        for (const [method, path, body, headers, words] of [
            ["PATCH", "/update", patch, { filepath: "varnish/many.json" }, /many\.json has \d+ values; one of up to/],
            ["PATCH", "/update", patch, { filepath: "varnish/large.vcl" }, /large\.vcl has 3145728 bytes; files of up/],
            ["GET", "/proxy/varnish/configuration", undefined, {}, /"features"/],
            ["POST", "/validate", '{"files":{}}', {}, /names no section_payload_id/],
            ["GET", "/content?content=all", undefined, {}, /"path":"text\.txt"/],
        ] as const)
            await refuseLag(path, mostMs, async () => {
                const reply = await send(method, at + path, body, headers);
                assert.ok(words.test(reply.text), reply.text.slice(0, 300));
            });
        await plant({ "varnish/.section-external-source.json": "{}", "text.txt": "x" });
    });

    it("a record of a zone", async () => {
        await running.api.must("POST", `${at}/enableHostedDNS`, { zoneName: "acme.example" });
        for (const text of [
            `"${'\\\\"'.repeat(200_000)}"`,
            `"${"a".repeat(900_000)}"`,
            `${'"a" '.repeat(200_000)}`,
            " ".repeat(900_000),
        ]) {
            const body = Buffer.from(
                JSON.stringify({ recordName: "x", recordType: "TXT", ttl: 300, recordData: [text] }),
            );
            await refuseLag("a record", mostMs, async () => {
                const reply = await send("POST", `/account/${site.account}/zone/acme.example`, body);
                assert.ok([400, 413].includes(reply.status), reply.text.slice(0, 300));
            });
        }
    });

    const bodies: [what: string, method: string, path: string, body: string][] = [
        ["many lists", "POST", "/user", `{"a":[${repeat("[]", 10_000_000)}]}`],
        ["lists within lists", "POST", "/user", "[".repeat(1_000_000)],
        ["names", "POST", "/user", `{${repeat('"abcdef":{}', 1_000_000)}}`],
        ["escapes", "POST", "/user", `{"a":"${"\\u0000".repeat(170_000)}"}`],
        [
            "origins",
            "POST",
            "EGRESS",
            `{"origins":{${Array.from({ length: 2_400 }, (_, at) => `"o${at}":{"address":"a b"}`)}}}`,
        ],
        ["addresses", "POST", "RESTRICTIONS", `{"ip_blacklist":[${repeat('"x"', 75_000)}]}`],
        ["operations", "PATCH", "PATCH", `[${repeat('{"op":"test"}', 1_000_000)}]`],
        ["files", "POST", "VALIDATE", `{"files":{${Array.from({ length: 20_900 }, (_, at) => `"/f${at}":0`)}}}`],
        ["wrong files", "POST", "VALIDATE", `{"files":{${Array.from({ length: 10_000 }, (_, at) => `"/f${at}":0`)}}}`],
        ["wrong paths", "POST", "COMMIT", `{"files":{${Array.from({ length: 10_000 }, (_, at) => `"/f${at}":""`)}}}`],
        ["a text of 10 MB", "POST", "VALIDATE", `{"files":{"a":"${"é".repeat(5_000_000)}"}}`],
        ["base64 of 10 MB", "POST", "VALIDATE", `{"files":{"a":{"base64":"${"A".repeat(10_000_000)}"}}}`],
        ["no base64 of 10 MB", "POST", "VALIDATE", `{"files":{"a":{"base64":"${"A".repeat(10_000_000)}!"}}}`],
        [
            "JSON files of 10 MB",
            "POST",
            "VALIDATE",
            JSON.stringify({
                files: Object.fromEntries(
                    Array.from({ length: 9 }, (_, at) => [`varnish/${at}.json`, `[${repeat("[]", 1_000_000)}]`]),
                ),
            }),
        ],
        [
            "VCL files of 10 MB",
            "POST",
            "VALIDATE",
            JSON.stringify({
                files: Object.fromEntries(
                    Array.from({ length: 9 }, (_, at) => [`varnish/${at}.vcl`, `sub a { ${"a ; ".repeat(250_000)} }`]),
                ),
            }),
        ],
        [
            "VCL with a fault on each line",
            "POST",
            "VALIDATE",
            JSON.stringify({
                files: { "varnish/default.vcl": `vcl 4.0;\nsub vcl_recv {${"\nstd.x();".repeat(28_000)}\n}` },
            }),
        ],
    ];
    const places: Record<string, () => string> = {
        EGRESS: () => `${at}/egress`,
        RESTRICTIONS: () => `${at}/ipRestrictions`,
        COMMIT: () => `${at}/commit`,
        PATCH: () => `${at}/configuration`,
        VALIDATE: () => `${at}/validate`,
    };
    for (const [what, method, path, body] of bodies) {
        it(`a body: ${what}`, () => {
            const bytes = Buffer.from(body);
            return refuseLag(what, mostMs, async () => {
                const reply = await send(method, places[path]?.() ?? path, bytes);
                assert.ok(reply.status < 500, `${reply.status} ${reply.text.slice(0, 300)}`);
                if (process.env.SECTION_TEST_SHOW_LAG !== undefined)
                    console.log(`      ${reply.status} ${reply.text.slice(0, 100)}`);
            });
        });
    }

    it("queries of GraphQL", async () => {
        const path = "/new/authorized/graphql_api/query";
        const queries = {
            aliases: `{${Array.from({ length: 600 }, (_, at) => `a${at}:userAPITokens `).join("")}}`,
            "the same field": `{${"userAPITokens ".repeat(1_900)}}`,
            fragments: `{...f0}${Array.from({ length: 160 }, (_, at) => `fragment f${at} on Query{a:userAPITokens ...f${at + 1}}`).join("")}fragment f160 on Query{a:userAPITokens}`,
            nesting: "{a".repeat(900),
            "wrong fields": `{${"x ".repeat(1_900)}}`,
        };
        await send("POST", path, JSON.stringify({ query: "{userAPITokens}" })); // loads GraphQL
        for (const [what, query] of Object.entries(queries))
            await refuseLag(what, mostMs, async () => {
                const reply = await send("POST", path, JSON.stringify({ query }));
                assert.ok(reply.status < 500, reply.text.slice(0, 300));
            });
    });

    const config = (members: string) =>
        `{"proxychain":[{"name":"varnish","image":"varnish:6.3.1"}],"environments":{"Production":{"origin":{"address":"a.example"}${members}}}}`;
    const some = (count: number, write: (at: number) => string) => Array.from({ length: count }, (_, at) => write(at));
    const origins = (count: number) => `"alternate_origins":{${some(count, (at) => `"o${at}":{"address":""}`)}}`;
    const configs: [what: string, text: string, status: number][] = [
        ["60 MB", config(`,"x":[${repeat("[]", 60 * mebibyte)}]`), 400],
        ["too many names", config(`,${some(90_000, (at) => `"${at}x":1`)}`), 400],
        ["as many lists as there may be", config(`,"x":[${some(49_900, () => "[]")}]`), 200],
        ["as many addresses as there may be", config(`,"ip_blacklist":[${some(49_900, () => '""')}]`), 200],
        ["as many names as there may be", config(`,${some(49_900, (at) => `"${at}x":1`)}`), 200],
        ["a long text", config(`,"x":"${"\\u0001".repeat(170_000)}"`), 200],
        [
            "as many origins as there may be",
            config(`,${origins(990)}},${some(22, (at) => `"e${at}":{${origins(990)}}`)},"x":{"y":0`),
            200,
        ],
    ];
    for (const [what, text, status] of configs) {
        it(`section.config.json of an old repository: ${what}`, async () => {
            const { account, application } = await running.api.makeSite("Acme", `${fresh("large")}.acme.example`);
            const there = `/account/${account}/application/${application}/environment/Production`;
            await plant({ "section.config.json": text }, { accountId: account, applicationId: application });
            for (const path of ["configuration", "egress", "ipRestrictions", "stack", "proxy/varnish/configuration"])
                await refuseLag(`${path}: ${what}`, mostMs, async () => {
                    const reply = await send("GET", `${there}/${path}`);
                    assert.equal(reply.status, status, reply.text.slice(0, 300));
                    if (status === 400) assert.match(reply.text, /section\.config\.json has \d+ (bytes|values)/);
                });
            await refuseLag(`a change: ${what}`, mostMs, async () => {
                const reply = await send("POST", `${there}/ipRestrictions`, '{"ip_blacklist":[]}');
                assert.ok(reply.status < 500, reply.text.slice(0, 300));
            });
            await refuseLag(`a check: ${what}`, mostMs, async () => {
                const reply = await send("POST", `${there}/validate`, '{"files":{}}');
                assert.equal(reply.status, 200, reply.text.slice(0, 300));
            });
        });
    }
});
