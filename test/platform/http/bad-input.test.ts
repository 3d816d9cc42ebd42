import assert from "node:assert/strict";
import fc from "fast-check";
import { fresh, onEveryPlatform } from "../../support/stores";

const bodies = 400;

onEveryPlatform("bad input", (platform) => {
    it("to what makes applications, domains and zones gives no failure of the platform's own", async function () {
        this.timeout(180_000);
        const { api } = platform();
        const zone = `${fresh("bad")}.example`;
        const { account, application } = await api.makeSite("Acme", `www.${zone}`);
        const at = `/account/${account}/application/${application}`;
        await api.must("POST", `${at}/environment/Production/enableHostedDNS`, { zoneName: zone });
        const odd = fc.oneof(
            fc.anything({ maxDepth: 2 }),
            fc.string({ unit: "binary" }),
            fc.constantFrom(
                "*",
                "@",
                "..",
                "\u0000",
                "a".repeat(2000),
                "A",
                "CNAME",
                "MX",
                "0 .",
                `www.${zone}`,
                "__proto__",
                -1,
                1e300,
                300,
            ),
        );
        const keys = [
            "recordName",
            "recordType",
            "originalRecordType",
            "ttl",
            "recordData",
            "pathPrefix",
            "hostname",
            "origin",
            "zoneName",
            "environment_name",
        ];
        const right = {
            recordName: "x",
            recordType: "A",
            ttl: 300,
            recordData: ["192.0.2.1"],
            hostname: "x",
            pathPrefix: "/",
            zoneName: zone,
        };
        const body = fc.oneof(
            fc.dictionary(fc.constantFrom(...keys), odd),
            fc.dictionary(fc.constantFrom(...keys), odd).map((some) => ({ ...right, ...some })),
            odd,
        );
        const segment = fc
            .oneof(
                fc.string({ minLength: 1, maxLength: 30 }),
                fc.constantFrom("@", "*", "%00", "www", "..", "A", "TXT"),
            )
            .map((text) => encodeURIComponent(text));
        const call = fc.oneof(
            fc
                .tuple(
                    fc.constantFrom(
                        `${at}/split`,
                        `${at}/clone`,
                        `${at}/environment/Production/enableHostedDNS`,
                        `/account/${account}/zone/${zone}`,
                    ),
                    body,
                )
                .map(([path, sent]) => ["POST", path, sent] as const),
            fc
                .tuple(segment, segment)
                .map(
                    ([name, type]) =>
                        ["DELETE", `/account/${account}/zone/${zone}/${name}/${type}`, undefined] as const,
                ),
            segment.map((name) => ["GET", `/account/${account}/domain/${name}/zone`, undefined] as const),
            segment.map(
                (name) =>
                    [
                        "POST",
                        `${at}/environment/Production/domain/${name}/move`,
                        { environment_name: "Staging" },
                    ] as const,
            ),
            segment.map((name) => ["GET", `/origin?hostName=${name}`, undefined] as const),
        );
        const statuses = new Map<number, number>();
        await fc.assert(
            fc.asyncProperty(call, async ([method, path, sent]) => {
                const text =
                    sent === undefined
                        ? undefined
                        : (JSON.stringify(sent, (_, value) => (typeof value === "bigint" ? String(value) : value)) ??
                          "null");
                const { status, json } = await api.call(method, path, text);
                statuses.set(status, (statuses.get(status) ?? 0) + 1);
                assert.ok(status < 500, `${method} ${path} ${text} answered ${status}`);
                if (status >= 400) assert.ok(json.message.length > 10, "a reason");
            }),
            { numRuns: bodies },
        );
        assert.ok((statuses.get(400) ?? 0) > bodies / 4, JSON.stringify([...statuses]));
    });
});
