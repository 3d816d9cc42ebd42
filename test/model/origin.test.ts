import assert from "node:assert/strict";
import {
    applicationSchema,
    issuesOf,
    organizationSchema,
    originInputSchema,
    originNameSchema,
    originSchema,
    soundOriginHostSchema,
} from "section-model";

describe("origin", () => {
    it("takes an address alone", () => {
        assert.deepEqual(originInputSchema.parse("origin.acme.example"), { address: "origin.acme.example" });
    });

    it("has IDN as ASCII wherever it is declared, and leaves other texts alone; a file has ASCII only", () => {
        const ascii = "xn--bcher-kva.example";
        assert.deepEqual(originInputSchema.parse("Bücher.example"), { address: ascii });
        const origin = { address: "Origin.acme.example", hostHeader: "bücher.example", tlsName: "bücher.example" };
        assert.deepEqual(originInputSchema.parse(origin), { ...origin, hostHeader: ascii, tlsName: ascii });
        const site = { hostname: "www.acme.example", origin: "bücher.example" };
        assert.equal(applicationSchema.parse({ organization: "1", ...site }).origin, ascii);
        assert.equal(organizationSchema.parse({ name: "Acme", firstSite: site }).firstSite?.origin, ascii);
        for (const wrong of ["bücher.example/x", "bü cher.example", "http://bücher.example", ""])
            assert.equal(originInputSchema.safeParse(wrong).success, false, wrong);
        assert.equal(originSchema.safeParse({ address: "bücher.example" }).success, false);
    });

    it("refuses a text that is more than a host, and says where scheme, port and path go", () => {
        const say = (origin: string) => {
            const result = applicationSchema.safeParse({ organization: "1", hostname: "www.acme.example", origin });
            return result.success ? undefined : issuesOf(result.error)[0]?.reason;
        };
        const plain = "must be a hostname or an IPv4 address, without scheme, port or path";
        const port = (property: string) => `${plain}; a port is a property of an Environment's origin: ${property}`;
        assert.deepEqual(
            [
                "https://origin.acme.example:8443",
                "https://origin.acme.example:8443/path",
                "origin.acme.example:443",
                "http://192.0.2.1:8080",
                "https://origin.acme.example",
                "origin.acme.example/path",
                "origin.acme.example:9000",
                "::1",
            ].map(say),
            [
                port('{ address: "origin.acme.example", httpsPort: 8443 }'),
                port('{ address: "origin.acme.example", httpsPort: 8443 }'),
                port('{ address: "origin.acme.example", httpsPort: 443 }'),
                port('{ address: "192.0.2.1", httpPort: 8080 }'),
                `${plain}; write "origin.acme.example"`,
                `${plain}; write "origin.acme.example"`,
                `${plain}; an origin's port is one of 80, 443, 5080, 5443, 8080, 8443, and 9000 is none of them`,
                plain,
            ],
        );
    });

    it("refuses a number that is no IPv4 address, also as host header and TLS name", () => {
        const reason =
            "is no IPv4 address: it has four numbers from 0 to 255, without zeros before them, such as 192.0.2.10";
        for (const wrong of [
            "192.0.2.400",
            "192.0.2",
            "1234",
            "192.0.2.010",
            "www.192.0.2.1",
            "1.2.3.4.5",
            "127.1",
            "0x7f.1",
            "127.0.0.0x1",
            "2130706433",
        ]) {
            const { error } = originInputSchema.safeParse({ address: wrong, hostHeader: wrong, tlsName: wrong });
            assert.deepEqual(
                issuesOf(error!).map(({ property, reason: said }) => [property, said]),
                ["address", "hostHeader", "tlsName"].map((property) => [property, reason]),
                wrong,
            );
        }
        const site = { hostname: "www.acme.example", origin: "192.0.2.400" };
        for (const [{ error }, property] of [
            [applicationSchema.safeParse({ organization: "1", ...site }), "origin"],
            [organizationSchema.safeParse({ name: "Acme", firstSite: site }), "firstSite.origin"],
        ] as const)
            assert.deepEqual(issuesOf(error!), [{ property, reason }]);
        for (const right of ["192.0.2.40", "0.0.0.0", "1.acme.example", "origin2"])
            assert.deepEqual(originInputSchema.parse(right), { address: right });
    });

    it("refuses an IDN that is none, where a request or a program names it; a file may have it", () => {
        const reason = 'has the label "xn--a", which stands for no name in other letters';
        for (const schema of [originInputSchema, soundOriginHostSchema]) {
            const { error } = schema.safeParse("xn--a.example");
            assert.equal(issuesOf(error!)[0]?.reason, reason);
        }
        assert.equal(soundOriginHostSchema.safeParse("127.1").success, false);
        assert.equal(originSchema.safeParse({ address: "xn--a.example" }).success, true);
    });

    it("names ports, seconds and addresses that are out of range", () => {
        const { error } = originInputSchema.safeParse({
            address: "http://origin",
            httpPort: 81,
            keepaliveSeconds: 241,
            upstreamResponseTimeoutSeconds: 0,
            removeRequestHeaders: [],
            hostheader: "x",
        });
        assert.deepEqual(
            issuesOf(error!)
                .map(({ property }) => property)
                .sort(),
            [
                "address",
                "hostheader",
                "httpPort",
                "keepaliveSeconds",
                "removeRequestHeaders",
                "upstreamResponseTimeoutSeconds",
            ],
        );
    });

    it("knows the grammar of alternate names", () => {
        assert.equal(originNameSchema.safeParse("static-1_b").success, true);
        assert.equal(originNameSchema.safeParse("a.b").success, false);
    });
});
