import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import * as pulumi from "@pulumi/pulumi";
import { describeHostnames, noteHostname } from "../../../provider/program/hostname-list";
import { Memory } from "../../../provider/run/memory";
import { isHostnameDeclared, noteHostnames } from "../../../provider/run/program-hostnames";

describe("the hostnames of a program", () => {
    /** Runs as a program of an engine does. */
    async function withEngine(work: () => Promise<void>): Promise<void> {
        const { getStackResource } = pulumi.runtime;
        const stack = {} as pulumi.Resource;
        Object.defineProperty(pulumi.runtime, "getStackResource", { configurable: true, value: () => stack });
        try {
            await work();
        } finally {
            Object.defineProperty(pulumi.runtime, "getStackResource", { configurable: true, value: getStackResource });
        }
    }

    it("are a list, with those that are declared later in the same go", () =>
        withEngine(async () => {
            noteHostname("www.acme.example", "Application");
            const list = describeHostnames();
            noteHostname("alias.acme.example", "Domain");
            noteHostname("shop.acme.example", "Application");
            noteHostname("www.acme.example", "Domain"); // to wait for it
            const hostnames = await list;
            assert.equal(
                hostnames,
                "www.acme.example shop.acme.example alias.acme.example",
                "as the engine comes to them",
            );
            const memory = new Memory();
            noteHostnames(memory, hostnames);
            assert.ok(isHostnameDeclared(memory, "shop.acme.example"));
            assert.ok(!isHostnameDeclared(memory, "acme.example"));
            assert.ok(!isHostnameDeclared(new Memory(), "shop.acme.example"), "another run");
        }));

    it("are in a file of this user when they are many, which a provider reads when it needs them", () =>
        withEngine(async () => {
            for (let index = 0; index <= 100; index += 1) noteHostname(`site${index}.acme.example`, "Application");
            const [file, again] = [await describeHostnames(), await describeHostnames()];
            assert.ok(file !== undefined && existsSync(file));
            assert.equal(again, file);
            const memory = new Memory();
            noteHostnames(memory, file);
            assert.ok(isHostnameDeclared(memory, "site100.acme.example"));
            assert.ok(!isHostnameDeclared(memory, "site101.acme.example"));
            noteHostname("site101.acme.example", "Application");
            noteHostnames(memory, await describeHostnames());
            assert.ok(isHostnameDeclared(memory, "site101.acme.example"), "one that was declared later");
        }));

    it("are none without an engine, and when the file is gone", () => {
        assert.equal(describeHostnames(), undefined);
        const memory = new Memory();
        noteHostnames(memory, "/nowhere/hostnames.json");
        noteHostnames(memory, undefined);
        assert.ok(!isHostnameDeclared(memory, "www.acme.example"));
    });
});
