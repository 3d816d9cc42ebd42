import assert from "node:assert/strict";
import { defaultFilesOf } from "../../../platform/catalogue/default-files";
import { imageExists, images } from "../../../platform/catalogue/images";
import { filesOfChain, initialContent } from "../../../platform/catalogue/initial-content";
import { defaultStackName, familyOf, findStack, stacks } from "../../../platform/catalogue/stacks";
import { checkBranch } from "../../../platform/git/section-config";

describe("the catalogue", () => {
    it("every stack starts with a repository that a push would accept", async () => {
        for (const { name, proxychain } of stacks) {
            const files = initialContent("192.0.2.1", proxychain);
            const content = { files: [...files.keys()].map((path) => ({ path, mode: "100644" })), read: async (path: string) => files.get(path) as Buffer };
            assert.deepEqual((await checkBranch(content, { branch: "Production", isEnvironment: true, imageExists })).problems, [], name);
        }
    });

    it("knows stacks by name and by what old clients call them", () => {
        assert.equal(findStack("varnish")?.name, "varnish-6.3-basic");
        assert.equal(findStack("constructor"), undefined);
        assert.ok(findStack(defaultStackName));
        assert.deepEqual([familyOf("varnish3"), familyOf("nodejs:14.10.0")], ["varnish", "nodejs"]);
    });

    it("every image has files to start from", () => {
        for (const image of images) assert.ok(Object.keys(defaultFilesOf(image)).length > 0, image);
        assert.deepEqual([...filesOfChain([]).keys()], []);
    });
});
