import assert from "node:assert/strict";
import { withAllBranches } from "../../../../client/repository/all-branches";
import { type FileEdits, withBranch } from "../../../../client/repository/repository";
import { showLines } from "../../../../provider/nouns/environment/promoted-lines";
import { changedContent } from "../../../../provider/nouns/environment/promotion-content";
import { ways } from "../../../support/provider";
import { openBranch } from "../../../support/ways";

const numbered = (count: number, word: string) =>
    Array.from({ length: count }, (_, index) => `${word} ${index}\n`).join("");

for (const way of ways)
    describe(`the lines that go live, by ${way}`, function () {
        this.timeout(60_000);

        async function show(before: FileEdits, after: FileEdits, isSecret = (_path: string) => false) {
            const { address } = await openBranch(way);
            const commit = (edits: FileEdits) => withBranch(address, (checkout) => checkout.commit(edits, "edit"));
            const from = (await commit(before)).commit;
            const to = (await commit(after)).commit;
            return withAllBranches(address, async (branches) =>
                showLines(branches, [from, to], await changedContent(branches, from, to), isSecret),
            );
        }

        it("are those that differ; of a binary file its size, of a secret nothing", async () => {
            const key = "-----BEGIN PRIVATE KEY-----\nMIIE\n-----END PRIVATE KEY-----\n";
            const lines = await show(
                new Map<string, string | Buffer>([
                    ["a.vcl", "one\ntwo\nthree\n"],
                    ["gone.txt", "bye\n"],
                    ["logo.png", Buffer.from([0, 1, 2])],
                    ["visitors.vcl", 'if (req.http.Authorization ~ "aaaa") {}\n'],
                    ["key.pem", "none\n"],
                ]),
                new Map<string, string | Buffer | null>([
                    ["a.vcl", "one\n2\u001b[2J\nthree\n"],
                    ["gone.txt", null],
                    ["logo.png", Buffer.alloc(2048)],
                    ["new.bin", Buffer.from([0xff, 0xfe, 0])],
                    ["visitors.vcl", 'if (req.http.Authorization ~ "bbbb") {}\n'],
                    ["key.pem", key],
                ]),
                (path) => path === "visitors.vcl",
            );
            assert.deepEqual(lines, {
                "a.vcl": { diff: "@@ -1,3 +1,3 @@\n one\n-two\n+2^[[2J\n three" },
                "gone.txt": { diff: "@@ -1,1 +0,0 @@\n-bye" },
                "key.pem": { note: "has a line that looks like a secret, so that none is shown" },
                "logo.png": { note: "a binary file of 2,048 bytes, before 3 bytes" },
                "new.bin": { note: "a binary file of 3 bytes" },
                "visitors.vcl": { note: "a secret, which is not shown" },
            });
        });

        it("are at most 100, with how many more there are and between which files; a long line is cut", async () => {
            const lines = await show(
                new Map([
                    ["a.txt", numbered(70, "a")],
                    ["b.txt", "b\n"],
                    ["c.txt", "c\n"],
                ]),
                new Map([
                    ["a.txt", numbered(70, "A")],
                    ["b.txt", "x".repeat(1000)],
                    ["c.txt", "C\n"],
                ]),
            );
            const shown = lines["a.txt"]?.diff?.split("\n") ?? [];
            assert.equal(shown.length, 101);
            assert.match(shown.at(-1) ?? "", /^\\ and 41 more lines, from [0-9a-f]{10} to [0-9a-f]{10}$/);
            assert.match(lines["b.txt"]?.note ?? "", /^4 more lines, from [0-9a-f]{10} to [0-9a-f]{10}$/);
            assert.match(lines["c.txt"]?.note ?? "", /^3 more lines, from/);
            const long = await show(new Map([["b.txt", "b\n"]]), new Map([["b.txt", `${"x".repeat(1000)}\n`]]));
            assert.deepEqual(long["b.txt"]?.diff?.split("\n").at(-1), `+${"x".repeat(299)}…`);
        });

        it("of section.config.json are those of the proxies: environments keep their blocks", async () => {
            const config = (image: string, address: string) =>
                JSON.stringify({
                    proxychain: [{ name: "varnish", image }],
                    environments: { Production: { origin: { address } } },
                });
            const lines = await show(
                new Map([["section.config.json", config("varnish:6.3.1", "a.example.net")]]),
                new Map([["section.config.json", config("varnish:7.0.2", "b.example.net")]]),
            );
            const { diff = "" } = lines["section.config.json"] ?? {};
            assert.match(diff, /^-.*varnish:6\.3\.1/m);
            assert.match(diff, /^\+.*varnish:7\.0\.2/m);
            assert.doesNotMatch(diff, /example\.net/);
        });
    });
