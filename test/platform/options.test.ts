import assert from "node:assert/strict";
import { readOptions, settings, variableOf } from "../../platform/options";
import { optionsFromEnvironment } from "../../platform/options-from-environment";

describe("the platform's settings", () => {
    it("have defaults, and come from the environment as text", () => {
        const { host, port, extensions, logLevel } = readOptions({});
        assert.deepEqual([host, port, extensions, logLevel], ["127.0.0.1", 0, true, "silent"]);
        const options = optionsFromEnvironment({
            SECTION_PLATFORM_PORT: "8080",
            SECTION_PLATFORM_EXTENSIONS: "false",
            DATABASE_URL: "postgres://x",
            SECTION_PLATFORM_DNS_SERVERS: "192.0.2.1, 192.0.2.2",
            OTHER: "x",
            SECTION_PLATFORM_HOST: "",
        });
        const read = readOptions(options);
        assert.deepEqual(
            [read.port, read.extensions, read.databaseUrl, read.dnsServers, read.host],
            [8080, false, "postgres://x", ["192.0.2.1", "192.0.2.2"], "127.0.0.1"],
        );
        const { edgeAddresses, nameServers, verifyEveryHours } = readOptions({
            ...optionsFromEnvironment({
                SECTION_PLATFORM_EDGE_ADDRESSES: "192.0.2.1,192.0.2.2",
                SECTION_PLATFORM_NAME_SERVERS: "NS1.agency.example.",
                SECTION_PLATFORM_VERIFY_EVERY_HOURS: "6",
            }),
        });
        assert.deepEqual(
            [edgeAddresses, nameServers, verifyEveryHours],
            [["192.0.2.1", "192.0.2.2"], ["ns1.agency.example"], 6],
        );
        const people = readOptions(
            optionsFromEnvironment({
                SECTION_PLATFORM_TRUST_PROXY: "127.0.0.1, 10.0.0.0/8, loopback, 2001:db8::/32",
                SECTION_PLATFORM_REGISTRATION: "true",
                SECTION_PLATFORM_MAIL_DIR: "/var/spool/section",
                SECTION_PLATFORM_MAIL_FROM: "ops@agency.example",
            }),
        );
        assert.deepEqual(
            [people.trustProxy, people.registration, people.mailDir, people.mailFrom],
            [
                ["127.0.0.1", "10.0.0.0/8", "loopback", "2001:db8::/32"],
                true,
                "/var/spool/section",
                "ops@agency.example",
            ],
        );
        assert.equal(readOptions({}).registration, false, "strangers stay outside unless the operator says otherwise");
        for (const wrong of ["everybody", "10.0.0.0/33", "10.0.0", "10.0.0.0/8/8", "0.0.0.0/0", "true"])
            assert.throws(
                () => readOptions({ trustProxy: [wrong] }),
                /trustProxy \(SECTION_PLATFORM_TRUST_PROXY\) must be addresses/,
                wrong,
            );
        assert.throws(
            () => readOptions({ mailFrom: "Section <a@b.example>" }),
            /mailFrom .* must be an e-mail address/,
        );
        assert.equal(
            readOptions({ publicUrl: "https://section.agency.example/" }).publicUrl,
            "https://section.agency.example",
        );
    });

    it("name a certificate authority by https, and none by default", () => {
        assert.equal(readOptions({}).acmeDirectory, undefined);
        const { acmeDirectory, acmeContact } = readOptions(
            optionsFromEnvironment({
                SECTION_PLATFORM_ACME_DIRECTORY: "https://ca.example/dir",
                SECTION_PLATFORM_ACME_CONTACT: "ops@agency.example,dns@agency.example",
            }),
        );
        assert.deepEqual(
            [acmeDirectory, acmeContact],
            ["https://ca.example/dir", ["ops@agency.example", "dns@agency.example"]],
        );
        assert.throws(
            () => readOptions({ acmeDirectory: "http://ca.example/dir" }),
            /acmeDirectory \(SECTION_PLATFORM_ACME_DIRECTORY\) must be an https address/,
        );
    });

    it("that are wrong are all named, with the variable", () => {
        assert.throws(
            () =>
                readOptions({
                    port: 99_999,
                    edgeAddresses: ["::1"],
                    nameServers: ["ns1"],
                    verifyEveryHours: -1,
                    publicUrl: "ftp://x",
                    databaseUrl: "mysql://x",
                    colour: 1,
                } as never),
            (error: Error) =>
                [
                    /port \(SECTION_PLATFORM_PORT\)/,
                    /publicUrl .*must be an http or https address/,
                    /databaseUrl \(DATABASE_URL\) must begin with postgres/,
                    /edgeAddresses\S* \(.*must be IPv4 addresses/,
                    /nameServers\S* \(.*has no dot/,
                    /verifyEveryHours/,
                    /colour/,
                ].every((pattern) => pattern.test(error.message)),
        );
        assert.equal(variableOf("maxGitChildren"), "SECTION_PLATFORM_MAX_GIT_CHILDREN");
    });

    it("that are out of range say which values there are, in bytes where bytes are counted", () => {
        const say = (options: object) => {
            try {
                readOptions(options as never);
            } catch (error) {
                return (error as Error).message.replace(/^the platform's settings are wrong: /, "");
            }
            return "";
        };
        const bytes = "must be a whole number of bytes, 1024 or more. Correct the named settings.";
        for (const wrong of [1023, "10 MB", 2000.5])
            assert.equal(say({ maxBodyBytes: wrong }), `maxBodyBytes (SECTION_PLATFORM_MAX_BODY_BYTES) ${bytes}`);
        assert.equal(say({ maxPackBytes: 0 }), `maxPackBytes (SECTION_PLATFORM_MAX_PACK_BYTES) ${bytes}`);
        assert.match(say({ port: 65_536 }), /must be a port number, from 0 to 65535\./);
        assert.match(say({ maxRequests: 0 }), /must be a whole number, 1 or more\./);
        assert.match(say({ drainSeconds: 3601 }), /must be a number of seconds, from 0 to 3600\./);
        assert.match(say({ verifyEveryHours: -1 }), /must be a number of hours, from 0 to 8760\./);
        assert.match(
            say({ logLevel: "loud" }),
            /logLevel \S+ must be one of silent, fatal, error, warn, info, debug\./,
        );
        assert.match(
            say({ edgeAddresses: ["::1"] }),
            /^edgeAddresses\[0\] \(SECTION_PLATFORM_EDGE_ADDRESSES\) must be/,
        );
        for (const { name } of settings)
            assert.doesNotMatch(say({ [name]: { odd: true } }), /Invalid|Too (small|big)|expected/, name);
    });

    it("of TLS come in pairs", () => {
        assert.throws(
            () => readOptions({ tlsCertFile: "/tls/cert.pem" }),
            /tlsCertFile \(SECTION_PLATFORM_TLS_CERT_FILE\) needs tlsKeyFile/,
        );
        assert.equal(
            readOptions({ tlsCertFile: "/tls/cert.pem", tlsKeyFile: "/tls/key.pem" }).tlsKeyFile,
            "/tls/key.pem",
        );
    });

    it("name the proxies that are believed by address or network", () => {
        assert.deepEqual(readOptions({ trustProxy: "10.0.0.0/8, loopback,::1" }).trustProxy, [
            "10.0.0.0/8",
            "loopback",
            "::1",
        ]);
        for (const trustProxy of ["everybody", "10.0.0.0/33", "10.0.0.0/8/8", "::/129"])
            assert.throws(() => readOptions({ trustProxy }), /trustProxy/);
    });

    it("that are misspelt in the environment are refused with the nearest name", () => {
        assert.throws(
            () => optionsFromEnvironment({ SECTION_PLATFORM_MAX_REQUEST: "1", SECTION_PLATFORM_FAILPOINT: "x" }),
            /there is no setting SECTION_PLATFORM_MAX_REQUEST \(did you mean SECTION_PLATFORM_MAX_REQUESTS\?\)\. Correct the name/,
        );
    });

    it("are a table in which nothing is left unsaid", () => {
        for (const { name, description } of settings) assert.ok(description.length > 10, `${name} has no description`);
        assert.deepEqual(
            settings.find(({ name }) => name === "port"),
            {
                name: "port",
                variable: "SECTION_PLATFORM_PORT",
                flag: "--port <port>",
                defaultValue: 0,
                description: settings[3]?.description,
            },
        );
        assert.equal(new Set(settings.map(({ variable }) => variable)).size, settings.length);
    });
});
