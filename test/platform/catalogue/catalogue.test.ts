import assert from "node:assert/strict";
import { checkBranch } from "../../../model/content/check-branch";
import { findHelp } from "../../../platform/catalogue/help";
import { imageExists, images } from "../../../platform/catalogue/images";
import { filesOfChain, initialContent } from "../../../platform/catalogue/initial-content";
import { speaksVcl3, templateOf } from "../../../platform/catalogue/proxy-templates";
import { featuresFile } from "../../../platform/catalogue/section-features";
import { defaultStackName, familyOf, findStack, stacks } from "../../../platform/catalogue/stacks";
import { archiveTemplate } from "../../../platform/catalogue/template-archive";
import { modsecurity } from "../../../platform/catalogue/templates/modsecurity";
import { nodejs } from "../../../platform/catalogue/templates/nginx";
import { radware } from "../../../platform/catalogue/templates/service";
import { requireSome } from "../../support/require-some";

/** What clients have read from the hosted platform: name, label and type, in its order. */
const published = `
varnish-6.3-basic|Varnish v6.3 Basic|performance
varnish-6.1-basic|Varnish v6.1 Basic|performance
varnish-6-basic|Varnish v6 Basic|performance
varnish-5.2-basic|Varnish v5.2 Basic|performance
varnish-5.1-basic|Varnish v5.1 Basic|performance
pagespeed-1.12.34.2|Google's Pagespeed|performance
pagespeed-1.13.35.2|Google's Pagespeed|performance
varnish-4.1-basic|Varnish v4.1 Basic|performance
varnish-basic|Varnish v4 Basic|performance
varnish-clean|Varnish v4|performance
varnish3|Varnish v3|performance
varnish4magento2|Varnish v4 (Magento 2.0.0)|performance
modsecurity|ModSecurity|security
threatx|Threat-X|security
sigsci|Signal Sciences|security
wallarm|Wallarm|security
snapt|Snapt|security
sitespect|SiteSpect|other
pagespeed-1.11.33|Nginx Pagespeed|performance
pagespeed-managed|Nginx Pagespeed Managed|performance
kraken-1.2.0|Kraken Image Optimization|performance
kraken-2.0.0|Kraken Image Optimization|performance
optidash-1.0|Optidash Image Optimization|performance
cloudinary-1.0.0|Cloudinary Image Optimization|performance
radware-bot-manager-5.3.4|Radware Bot Manager|security
openresty|OpenResty|other
shapesecurity|Shape Security|other
nodejs-1.0.0|NodeJS|other
nodejs-basic|NodeJS Basic|other
templarbit_shield-5.0.12|Templarbit Shield|security
virtualwaitingroom-1.0.0|Virtual Waiting Room|performance
empty|Monitoring package|metrics`;

describe("the catalogue", () => {
    it("has the stacks that were published, in their order", () => {
        assert.deepEqual(
            stacks.map(({ name, label, type }) => `${name}|${label}|${type}`),
            published.trim().split("\n"),
        );
        const texts = stacks.map(({ description }) => description);
        assert.equal(texts[0], "Our recommended starting point for static and dynamic caching");
        assert.equal(
            texts[4],
            "Old Varnish version 5.1 with static and dynamic caching. Please use latest version for security updates.",
        );
        assert.equal(texts.at(-1), "Monitor my site before selecting a proxy");
    });

    it("every stack starts with a repository that a push would accept", async () => {
        for (const { name, proxychain } of requireSome(stacks)) {
            const files = initialContent("192.0.2.1", proxychain);
            const content = {
                files: [...files.keys()].map((path) => ({ path, mode: "100644" })),
                read: async (path: string) => files.get(path) as Buffer,
            };
            assert.deepEqual(
                (await checkBranch(content, { branch: "Production", isEnvironment: true, imageExists })).problems,
                [],
                name,
            );
        }
    });

    it("knows stacks by name and by what old clients call them", () => {
        assert.equal(findStack("varnish")?.name, "varnish-6.3-basic");
        assert.equal(findStack("constructor"), undefined);
        assert.ok(findStack(defaultStackName));
        assert.deepEqual([familyOf("varnish3"), familyOf("nodejs:14.10.0")], ["varnish", "nodejs"]);
    });

    it("every image has files to start from, its main file among them, and no secret in any", () => {
        for (const image of requireSome(images)) {
            const { files, mainFile, label, description } = templateOf(image);
            assert.ok(Object.keys(files).length > 0 && label !== "" && description !== "", image);
            assert.ok(mainFile === undefined || Object.hasOwn(files, mainFile), image);
            for (const text of Object.values(files))
                assert.doesNotMatch(text, /(key|secret|user)\w*"?\s*[:=]\s*"?(?!YOUR_|1")[A-Za-z0-9]{3,}/i, image);
        }
        assert.deepEqual([...filesOfChain([]).keys()], []);
        assert.match(templateOf("varnish3").files["default.vcl"] as string, /sub vcl_fetch/);
        assert.deepEqual([speaksVcl3("varnish305vmods"), speaksVcl3("varnish:6.3.1")], [true, false]);
    });

    it("modules start with the files that their documentation names", () => {
        const has = (image: string, ...names: string[]) =>
            assert.deepEqual(Object.keys(templateOf(image).files).sort(), names.sort(), image);
        has("varnish:6.3.1", "default.vcl", featuresFile);
        has("pagespeed:1.13.35.2", "http.conf", "server.conf");
        has("openresty:1.13.6.1", "init.lua", "init_worker.lua", "lua_shared_dict.conf", "server.conf");
        has("wallarm:2.18.1.1", "geo.conf", "server.conf", "wallarm.json");
        for (const image of ["sigsci:latest", "threatx:latest"]) {
            has(image, featuresFile);
            assert.ok(JSON.parse(templateOf(image).files[featuresFile] as string).environment_variables.length === 2);
        }
        has("radware-bot-manager:5.3.4", "shieldsquare.json");
        has("optidash:1.0", "optidash.json");
        has("kraken:2.0.0", "kraken.json");
        has("templarbit-shield:latest", "templarbit-agent.json");
        has("consistenthash:1.0.0", "server.conf");
        has("virtualwaitingroom:1.0.0", "virtualwaitingroom.json", "waiting-room.html");
        const { files: rules } = modsecurity;
        for (const folder of ["base_rules", "optional_rules", "activated_rules"])
            assert.ok(Object.keys(rules).some((path) => path.startsWith(`rules/${folder}/`)));
        for (const [path, text] of Object.entries(rules))
            if (path.includes("activated")) assert.equal(text, rules[path.replace("activated", "base")], path);
        assert.equal(templateOf("shieldsquare:1.0.0"), radware);
        const { scripts } = JSON.parse(nodejs.files["package.json"] as string);
        assert.ok(Object.hasOwn(nodejs.files, scripts.start.replace("node ", "")), "what is started is there");
    });

    it("every stack with code of an application has the file that a deploy of an upload changes", () => {
        const withCode = stacks.filter(({ proxychain }) =>
            proxychain.some(({ image }) => familyOf(image) === "nodejs"),
        );
        assert.deepEqual(
            withCode.map(({ name }) => name),
            ["nodejs-1.0.0", "nodejs-basic"],
        );
        for (const { proxychain } of withCode)
            assert.equal(
                initialContent("192.0.2.1", proxychain).get("nodejs/.section-external-source.json")?.toString(),
                '{\n\t"section_payload_id": ""\n}',
            );
    });

    it("packs a template, and knows topics of help", async () => {
        assert.deepEqual([...(await archiveTemplate("varnish:6.3.1")).subarray(0, 2)], [0x1f, 0x8b]);
        assert.equal(findHelp("git")?.title, "The repository");
        assert.equal(findHelp("constructor"), undefined);
    });
});
