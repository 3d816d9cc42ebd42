import assert from "node:assert/strict";
import { pushFiles } from "../../support/push";
import { fresh, onEveryPlatform } from "../../support/stores";

onEveryPlatform("files over HTTP", (platform) => {
    async function site() {
        const { account, application, gitUrl } = await platform().api.makeSite("Acme", `${fresh("file")}.acme.example`);
        const at = `/account/${account}/application/${application}/environment/Production`;
        const patch = (filepath: string | undefined, body: unknown) =>
            platform().api.call("PATCH", `${at}/update`, body, filepath === undefined ? {} : { filepath });
        return { at, gitUrl, patch };
    }

    it("a deployment as sectionctl sent it makes its file: tabs, no newline, one commit of the caller", async () => {
        const { api } = platform();
        const { at, patch } = await site();
        const file = "varnish/.section-external-source.json";
        const { status, json, headers } = await patch(file, [
            { op: "replace", path: "", value: { section_payload_id: "1234" } },
        ]);
        assert.equal(status, 200);
        assert.match(headers.get("content-type") ?? "", /^application\/json/);
        const [newest] = await api.get(`${at}/commits`);
        assert.deepEqual(json, { filepath: file, commit: newest.commit });
        assert.deepEqual([newest.message, newest.author.email], [`Update ${file}`, "olga@agency.example"]);
        assert.equal(
            (await patch(file, [{ op: "add", path: "", value: { section_payload_id: "1234" } }])).json.commit,
            newest.commit,
            "the same again is no commit",
        );
    });

    it("section.config.json is a file like others, and is validated", async () => {
        const { api } = platform();
        const { at, patch } = await site();
        assert.equal(
            (await patch("section.config.json", [{ op: "add", path: "/environments/Production/note", value: 1 }]))
                .status,
            200,
        );
        assert.equal((await api.get(`${at}/configuration`)).note, 1);
        const head = await api.get(`${at}/head`);
        const refused = await patch("section.config.json", [
            { op: "replace", path: "/proxychain/0/image", value: "varnish:99" },
        ]);
        assert.equal(refused.status, 400);
        assert.match(
            refused.json.message,
            /^Image 'varnish:99' for proxy name 'varnish' is not a valid image name in section\.config\.json\. Nothing was changed/,
        );
        assert.deepEqual(await api.get(`${at}/head`), head);
    });

    it("refuses what is no JSON file of the branch", async () => {
        const { patch } = await site();
        const whole = [{ op: "add", path: "", value: {} }];
        const refusals: [string | undefined, unknown, RegExp][] = [
            [undefined, whole, /^filepath is missing/],
            ["../x.json", whole, /^filepath has an empty part/],
            ["/varnish/x.json", whole, /^filepath starts with \//],
            [".git/config.json", whole, /^filepath has a part that belongs to git/],
            ["local.config.json", whole, /^filepath is for local use only/],
            ["varnish/default.vcl", whole, /^varnish\/default\.vcl cannot be parsed as JSON/],
            [
                "varnish/new.vcl",
                whole,
                /^there is no file varnish\/new\.vcl, and a new one needs a name that ends in \.json/,
            ],
            [
                "varnish/new.json",
                [{ op: "add", path: "/a", value: 1 }],
                /nothing at \/\. There is no file varnish\/new\.json: make it with an operation whose path is ""/,
            ],
            ["varnish/default.vcl/x.json", whole, /varnish\/default\.vcl is a file, not a folder/],
            [
                "varnish/proxy-features.json",
                [{ op: "remove", path: "/nothing" }],
                /^operation 0 \(remove "\/nothing"\): there is nothing at \/nothing/,
            ],
            ["varnish/proxy-features.json", "nonsense", /^the body is not JSON/],
        ];
        for (const [filepath, body, words] of refusals) {
            const { status, json } = await patch(filepath, body);
            assert.equal(status, 400, filepath);
            assert.match(json.message, words);
        }
    });

    it("keeps the layout that somebody pushed", async () => {
        const { token } = platform();
        const { gitUrl, patch, at } = await site();
        const text = '{\r\n  "zebra": 1,\r\n  "list": [\r\n    "a"\r\n  ]\r\n}\r\n';
        assert.equal((await pushFiles(token, gitUrl, { files: { "varnish/ü.json": text } })).code, 0);
        // the bytes of UTF-8, one character each: what a client that knows no better sends
        const filepath = Buffer.from("varnish/ü.json", "utf8").toString("latin1");
        assert.equal((await patch(filepath, [{ op: "add", path: "/list/-", value: "b" }])).status, 200);
        const { valid } = await platform().api.must("POST", `${at}/validate`, { files: {} });
        assert.equal(valid, true);
        const again = await pushFiles(token, gitUrl, {
            files: { "varnish/ü.json": text.replace('"a"', '"a",\r\n    "b"') },
        }).catch((error) => error);
        assert.match(
            String(again),
            /git commit .* ended with 1/,
            "there is nothing to commit: the file is to the byte what was expected",
        );
    });
});
