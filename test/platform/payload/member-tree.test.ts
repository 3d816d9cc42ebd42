import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import {
    existsSync,
    lstatSync,
    mkdirSync,
    readlinkSync,
    realpathSync,
    rmSync,
    symlinkSync,
    writeFileSync,
} from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { MemberTree } from "../../../platform/payload/member-tree";
import { withFolder } from "../../support/platform";

const placeOf = (root: string, name: string) =>
    path.join(root, ...name.split("/").filter((each) => each !== "" && each !== "."));

describe("what an archive will be", () => {
    it("has no path through a link and no link that climbs out behind another one", () => {
        const build = (...steps: ((tree: MemberTree) => void)[]) => {
            const tree = new MemberTree(100);
            for (const step of steps) step(tree);
        };
        const link = (name: string, target: string) => (tree: MemberTree) => tree.addLink(name, target);
        const file = (name: string) => (tree: MemberTree) => tree.add(name, "file");
        build(
            link("bin/x", "../lib/x"),
            link("self", "."),
            link("up/one", ".."),
            link("down", "lib/deep"),
            file("lib/x"),
            file("lib/x"),
        );
        assert.throws(() => build(link("deep/er", ".."), link("deep/er/out", "../x")), /leads through a link/);
        assert.throws(() => build(link("l", "."), link("m", "l/../x")), /leads out of it/);
        assert.throws(() => build(file("a/b"), link("a", ".")), /twice, once as a folder/);
        assert.throws(() => build(file("a"), file("a/b")), /leads through a file/);
        assert.throws(() => build((tree) => tree.add("/", "file")), /a file without a name/);
        for (const target of ["..", "/", "", "./../x"])
            assert.throws(() => build(link("a", target)), /leads out of it/, target);
        build(
            (tree) => tree.add("./", "folder"),
            file("//a//./b"),
            (tree) => tree.addHardLink("c", "/a/b"),
        );
        assert.throws(() => build(link("a", "b"), (tree) => tree.addHardLink("c", "a")), /is no file in it/);
    });

    it("whatever passes, unpacked, stays in its folder", async function () {
        this.timeout(120_000);
        const part = fc.constantFrom("a", "a", "b", "b", "c", "d", "..", ".", "");
        const somePath = fc.array(part, { minLength: 1, maxLength: 4 }).map((parts) => parts.join("/"));
        const someName = fc
            .array(fc.constantFrom("a", "b", "c"), { minLength: 1, maxLength: 4 })
            .map((parts) => parts.join("/"));
        const member = fc.record({
            name: fc.oneof(someName, someName, somePath),
            target: fc.option(
                fc.oneof(
                    somePath,
                    somePath.map((each) => `/${each}`),
                ),
                { nil: undefined },
            ),
        });
        await withFolder(async (folder) => {
            let checked = 0;
            fc.assert(
                fc.property(fc.array(member, { minLength: 1, maxLength: 6 }), (members) => {
                    const tree = new MemberTree(100);
                    try {
                        for (const { name, target } of members)
                            target === undefined ? tree.add(name, "file") : tree.addLink(name, target);
                    } catch {
                        return;
                    }
                    const root = path.join(folder, "in", "side");
                    rmSync(path.join(folder, "in"), { recursive: true, force: true });
                    mkdirSync(root, { recursive: true });
                    for (const { name, target } of members) {
                        const at = placeOf(root, name);
                        mkdirSync(path.dirname(at), { recursive: true });
                        rmSync(at, { force: true, recursive: true });
                        if (target === undefined) writeFileSync(at, "x");
                        else symlinkSync(target, at);
                        checked += 1;
                    }
                    for (const { name } of members) {
                        const at = placeOf(root, name);
                        if (!lstatSync(at, { throwIfNoEntry: false })?.isSymbolicLink() || !existsSync(at)) continue;
                        const real = realpathSync(at);
                        assert.ok(
                            real === root || real.startsWith(`${root}/`),
                            `${name} -> ${readlinkSync(at)} is ${real}`,
                        );
                    }
                }),
                { numRuns: 3000 },
            );
            assert.ok(checked > 200, `${checked} members`);
            assert.equal(execFileSync("ls", [folder], { encoding: "utf8" }).trim(), "in");
        });
    });
});
