import assert from "node:assert/strict";
import { clientsFromCsv, clientsFromYaml } from "pulumi-section";
import { readClientText, withoutPlace } from "../../../provider/agency/client-file";
import { readList } from "../../support/lists";

describe("a file with clients", () => {
    const read = (content: Buffer) => readList(readClientText, "clients.csv", content);

    it("is UTF-8, with or without a byte order mark", async () => {
        assert.equal(await read(Buffer.from("\ufeffé")), "é");
        assert.match(
            String(await read(Buffer.from("a\r\nb\nB\xe4ckerei", "latin1"))),
            /^clients\.csv:3: is not UTF-8\. .*CSV UTF-8/,
        );
        assert.match(String(await read(Buffer.from("\ufeffa", "utf16le"))), /clients\.csv is UTF-16/);
        assert.equal(await read(Buffer.from("a")), "a");
    });

    it("is there, and of a size that people write", async () => {
        assert.throws(() => readClientText("nowhere.csv"), /nowhere\.csv is not a file\. Name the list/);
        assert.throws(() => readClientText("."), /is not a file/);
        assert.match(String(await read(Buffer.alloc(5 * 1024 * 1024 + 1, "a"))), /has 5242881 bytes/);
    });

    it("names folders that are relative to itself, wherever the program runs", async () => {
        const yaml =
            "clients: [{ name: A, config: there, sites: [{ hostname: a.example, config: there, staging: { config: nowhere } }] }]";
        assert.match(
            String(await readList(clientsFromYaml, "c.yaml", yaml)),
            /^c\.yaml:1:\d+: staging\.config: nowhere is not a folder; make it, .*,1 error/,
        );
        const read = await readList(
            clientsFromCsv,
            "c.csv",
            "client,hostname,config,staging.config\nA,a.example,there,./there\n",
        );
        assert.ok(Array.isArray(read) && typeof read[0] === "object");
        const [{ sites: [site] = [] }] = read;
        assert.match(String(site?.config), /^\/.*\/there$/);
        assert.equal(site?.staging?.config, site?.config);
    });

    it("has properties that are named from the client or site on", () => {
        assert.deepEqual(withoutPlace(["clients", 1, "sites", 2, "origin", "address"]), ["origin", "address"]);
        assert.deepEqual(withoutPlace(["clients", 1, "name"]), ["name"]);
        assert.deepEqual(withoutPlace(["clients", 1, "sites"]), ["sites"]);
        assert.deepEqual(withoutPlace(["client"]), ["client"]);
    });
});
