import assert from "node:assert/strict";
import { findStrayFolders } from "../../../model/content/stray-folders";

const chain = [{ name: "varnish" }, { name: "modsecurity" }];
const meant = (path: string) => findStrayFolders([path], chain).map((each) => each.meant ?? "nothing known");

describe("folders that no proxy reads", () => {
    it("are none of the proxies, of the platform, of the root, and of tools", () => {
        const fine = [
            "varnish/default.vcl",
            "custom_errors/500.html",
            "outage_pages/a.html",
            "README.md",
            ".github/x.yml",
        ];
        assert.deepEqual(findStrayFolders(fine, chain), []);
    });

    it("are named once, with the folder that was meant", () => {
        assert.deepEqual(findStrayFolders(["varnsh/default.vcl", "varnsh/b.vcl"], chain), [
            { folder: "varnsh", file: "varnsh/default.vcl", meant: "varnish" },
        ]);
        for (const typo of ["vanrish", "Varnish", "varnishh", "varnihs"])
            assert.deepEqual(meant(`${typo}/a`), ["varnish"], typo);
        assert.deepEqual(meant("modsecurty/a"), ["modsecurity"]);
        assert.deepEqual(meant("custom-errors/500.html"), ["custom_errors"]);
    });

    it("that somebody makes on purpose are no errors of typing", () => {
        for (const name of ["varnish2", "varnish-old", "varnish_bak", "docs", "varnishtest", "src"])
            assert.deepEqual(meant(`${name}/a`), ["nothing known"], name);
        assert.deepEqual(findStrayFolders(["web2/a"], [{ name: "web1" }])[0]?.meant, undefined);
    });

    it("are not looked for without end", () => {
        const paths = Array.from({ length: 50_000 }, (_, at) => `folder${at}/x`);
        assert.equal(findStrayFolders(paths, [{ name: "varnish" }]).length, 100);
    });
});
