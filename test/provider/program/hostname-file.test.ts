import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import path from "node:path";
import { setImmediate as turn } from "node:timers/promises";
import * as pulumi from "@pulumi/pulumi";
import { hostnameFile, noteHostname } from "../../../provider/program/hostname-file";
import { Memory } from "../../../provider/run/memory";
import { isHostnameDeclared, noteHostnameFile } from "../../../provider/run/program-hostnames";

describe("the hostnames of a program", () => {
    it("are in a file of this user, which a provider reads when it needs them", async () => {
        assert.equal(hostnameFile(), undefined, "there is no engine");
        noteHostname("www.acme.example");
        const memory = new Memory();
        const stack = {} as pulumi.Resource;
        const { getStackResource } = pulumi.runtime;
        Object.defineProperty(pulumi.runtime, "getStackResource", { configurable: true, value: () => stack });
        try {
            const file = hostnameFile();
            assert.ok(file !== undefined);
            noteHostnameFile(memory, file);
            noteHostname("www.acme.example");
            noteHostname("shop.acme.example");
            assert.ok(!isHostnameDeclared(memory, "www.acme.example"), "the program still runs");
            await turn();
            for (const hostname of ["www.acme.example", "shop.acme.example"])
                assert.ok(isHostnameDeclared(memory, hostname), hostname);
            noteHostname("late.acme.example");
            await turn();
            assert.ok(isHostnameDeclared(memory, "late.acme.example"));
            assert.ok(!isHostnameDeclared(memory, "acme.example"));
            assert.ok(!isHostnameDeclared(new Memory(), "www.acme.example"), "another run");
            assert.ok(existsSync(path.dirname(file)));
        } finally {
            Object.defineProperty(pulumi.runtime, "getStackResource", { configurable: true, value: getStackResource });
        }
    });

    it("are none when the file is gone", () => {
        const memory = new Memory();
        noteHostnameFile(memory, "/nowhere/hostnames.json");
        noteHostnameFile(memory, undefined);
        assert.ok(!isHostnameDeclared(memory, "www.acme.example"));
    });
});
