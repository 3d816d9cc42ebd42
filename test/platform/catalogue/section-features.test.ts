import assert from "node:assert/strict";
import fc from "fast-check";
import { featuresFile, generateFeatures } from "../../../platform/catalogue/section-features";

const generate = (features: unknown, image = "varnish:6.3.1") =>
    generateFeatures(image, JSON.stringify(features)) as string;
const head = `# Generated from ${featuresFile}: change that file instead.\n`;

describe("section-features.vcl", () => {
    it("caches static files for the given time, in the language of the image", () => {
        const modern = generate({ "statics-enable-caching": "6h" });
        assert.match(
            modern,
            /sub vcl_backend_response \{\n {4}if \(beresp\.status == 200 && bereq\.url ~ "[^"]+"\) \{\n {8}set beresp\.ttl = 6h;\n/,
        );
        assert.match(modern, /sub vcl_recv \{\n {4}if \(req\.url ~ "[^"]+"\) \{\n {8}unset req\.http\.Cookie;\n/);
        const old = generate({ "statics-enable-caching": "1.5d" }, "varnish3magento");
        assert.match(
            old,
            /sub vcl_fetch \{\n {4}if \(beresp\.status == 200 && req\.url ~ "[^"]+"\) \{\n {8}set beresp\.ttl = 1\.5d;\n/,
        );
        assert.ok(!old.includes("bereq"));
        const [, pattern] = modern.match(/req\.url ~ "\(\?i\)([^"]+)"/) as RegExpMatchArray;
        const isStatic = new RegExp(pattern as string, "i");
        for (const url of ["/a.css", "/a/b.JPG?v=1", "/f.woff2", "/x.jpeg"]) assert.match(url, isStatic);
        for (const url of ["/", "/a.php?file=b.css", "/css", "/a.cssx", "/a.html"]) assert.doesNotMatch(url, isStatic);
    });

    it("names what varnishd is started with, and leaves out what it does not know", () => {
        assert.equal(
            generate({
                "parameter/http_max_hdr": 128,
                "feature/esi_disable_xml_check": true,
                "key-of-tomorrow": { a: 1 },
            }),
            `${head}# varnishd is started with parameter http_max_hdr = 128\n# varnishd is started with feature esi_disable_xml_check = true\n`,
        );
        for (const nothing of [{}, [], null, 1, "text", { "statics-enable-caching": true }])
            assert.equal(generate(nothing), head);
        assert.equal(generateFeatures("varnish:6.3.1", "{"), head);
        assert.equal(generateFeatures("openresty:1.13.6.1", '{"statics-enable-caching":"6h"}'), undefined);
    });

    it("no value of a feature becomes VCL by itself", () => {
        fc.assert(
            fc.property(
                fc.dictionary(
                    fc.oneof(fc.constantFrom("statics-enable-caching", "parameter/x", "feature/x\nsub"), fc.string()),
                    fc.jsonValue(),
                ),
                (features) => {
                    for (const line of generate(features).split("\n"))
                        assert.match(
                            line,
                            /^(|# Generated .*|# varnishd is started with (parameter|feature) [a-z0-9_]+ = (true|false|-?[\d.e+-]+)|sub vcl_\w+ \{|[ {}]*if .*|[ ]+unset .*|[ ]+set beresp\.ttl = [\d.]+[a-z]+;|[ ]*\})$/,
                        );
                },
            ),
        );
        assert.equal(generate({ "statics-enable-caching": '6h; } sub vcl_deliver { synthetic("x");' }), head);
    });
});
