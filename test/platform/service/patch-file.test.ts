import assert from "node:assert/strict";
import { createApplication } from "../../../platform/service/applications";
import { editBranch } from "../../../platform/service/branches";
import { patchFile } from "../../../platform/service/patch-file";
import { makeMember, sharedContext } from "../../support/context";
import { files } from "../../support/repository";
import { fresh } from "../../support/stores";

describe("files of an environment", () => {
    async function site() {
        const context = await sharedContext();
        const member = await makeMember(context);
        const { id } = await createApplication(context, member, {
            hostname: `${fresh("file")}.acme.example`,
            origin: "192.0.2.1",
        });
        const place = { applicationId: id, environment: "Production" };
        const read = async (file: string) =>
            (
                await context.repositories.readFile(
                    { accountId: member.accountId, applicationId: id },
                    "Production",
                    file,
                )
            )?.toString("utf8");
        const patch = (file: string, ...operations: Parameters<typeof patchFile>[4][number][]) =>
            patchFile(context, member, place, file, operations);
        const write = (file: string, text: string) =>
            editBranch(context, member, place, "by hand", async () => files({ [file]: text }));
        return { read, patch, write };
    }

    it("are new in the layout of whoever else writes them", async () => {
        const { read, patch } = await site();
        await patch("varnish/.section-external-source.json", {
            op: "replace",
            path: "",
            value: { section_payload_id: "1" },
        });
        assert.equal(await read("varnish/.section-external-source.json"), '{\n\t"section_payload_id": "1"\n}');
        await patch("varnish/more.json", { op: "add", path: "", value: { list: [1], "": null } });
        assert.equal(await read("varnish/more.json"), '{\n    "list": [\n        1\n    ],\n    "": null\n}');
    });

    const layouts: [string, string][] = [
        ["two blanks and a newline", '{\n  "b": 1,\n  "a": [\n    1\n  ]\n}\n'],
        ["a tab and none", '{\n\t"b": 1,\n\t"a": [\n\t\t1\n\t]\n}'],
        ["lines that end as on Windows", '{\r\n    "b": 1,\r\n    "a": [\r\n        1\r\n    ]\r\n}\r\n'],
        ["all in one line", '{"b":1,"a":[1]}'],
    ];
    for (const [title, text] of layouts) {
        it(`keep their layout: ${title}`, async () => {
            const { read, patch, write } = await site();
            await write("varnish/x.json", text);
            await patch("varnish/x.json", { op: "replace", path: "/b", value: 2 });
            assert.equal(
                await read("varnish/x.json"),
                text.replace('"b": 1', '"b": 2').replace('"b":1', '"b":2'),
                "and the order of keys",
            );
            await patch("varnish/x.json", { op: "replace", path: "", value: { b: 1, a: [1] } });
            assert.equal(await read("varnish/x.json"), text, "also when the whole document is replaced");
        });
    }

    it("are left alone when nothing differs, however they are laid out", async () => {
        const { read, patch, write } = await site();
        const odd = '{ "b" : 1 ,\n "a":[ 1 ]}';
        const { commit } = await write("varnish/odd.json", odd);
        assert.equal(await patch("varnish/odd.json", { op: "add", path: "", value: { b: 1, a: [1] } }), commit);
        assert.equal(await read("varnish/odd.json"), odd);
    });
});
