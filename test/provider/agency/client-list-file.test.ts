import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { ClientListFile } from "../../../provider/agency/client-list-file";
import { openClientList } from "../../../provider/agency/open-client-list";
import { siteAt as site } from "../../support/lists";
import { withFolder } from "../../support/platform";

describe("a changed list of clients", () => {
    it("as CSV keeps a byte order mark, CRLF, sep= and line breaks in cells", async () => {
        const written =
            '\uFEFFsep=,\r\nclient,hostname,aliases,origin\r\nAcme,www.acme.example,"a.example\r\nb.example",o.example\r\n';
        await withFolder(async (folder) => {
            const file = path.join(folder, "clients.csv");
            await writeFile(file, written);
            const list = ClientListFile.read(file);
            const changed = list.change({
                path: site(0, 0, "aliases"),
                value: ["a.example", "b.example", "c.example"],
            });
            assert.equal(changed.content, written.replace("b.example", "b.example\r\nc.example"));
            const other = changed.change({ path: site(0, 0, "origin"), value: { address: "p.example" } });
            assert.equal(other.content, changed.content.replace("o.example", "p.example"));
            assert.equal(
                other.sayPlace(site(0, 0, "origin", "address")).replace(`${folder}/`, ""),
                "clients.csv:5, column origin",
            );
            assert.equal(other.sayPlace(site(0, 0, "staging")).replace(`${folder}/`, ""), "clients.csv:3");
            assert.equal(list.isStale(), false);
            await writeFile(file, written.replace("Acme", "Acme Ltd"));
            assert.equal(list.isStale(), true);
        });
    });

    it("as YAML keeps CRLF and a byte order mark", async () => {
        const written =
            "\uFEFFclients:\r\n  - name: A\r\n    sites:\r\n      - hostname: a.example\r\n        origin: o.example\r\n";
        await withFolder(async (folder) => {
            const file = path.join(folder, "clients.yml");
            await writeFile(file, written);
            const list = ClientListFile.read(file).change({ path: site(0, 0, "ipBlacklist"), value: ["192.0.2.1"] });
            assert.equal(list.content, `${written}        ipBlacklist: [192.0.2.1]\r\n`);
            assert.equal(list.sayPlace(site(0, 0, "origin")).replace(`${folder}/`, ""), "clients.yml:5:17");
        });
    });
});

describe("what is no list", () => {
    it("is refused", () => {
        assert.throws(
            () => ClientListFile.read("clients.txt"),
            /clients\.txt is no list\. Name a \.csv, \.yaml or \.yml file/,
        );
        assert.throws(() => openClientList("none.csv"), /none\.csv is not a file/);
    });
});
