// The Pulumi schema of the package `section`: what plugin/schema.json has, and the plugin tells the engine.
import { readFileSync } from "node:fs";
import path from "node:path";
import { repository } from "../sources.mjs";
import { listFunctions } from "./functions.mjs";
import { languagesOf } from "./languages.mjs";
import { isResource, listResources } from "./resources.mjs";
import { configOf, providerOf } from "./settings.mjs";
import { collectTypes } from "./type-specs.mjs";

const readPackage = (folder) => JSON.parse(readFileSync(path.join(repository, folder, "package.json"), "utf8"));

export function packageSchema() {
    const { version, license, homepage } = readPackage("provider");
    const types = collectTypes(isResource);
    const resources = listResources(types);
    const functions = listFunctions(types);
    return {
        name: "section",
        displayName: "Section",
        version,
        description:
            "Organizations, people, applications, environments and domains of the Section platform, and whole agencies of them.",
        keywords: ["pulumi", "section", "cdn", "category/network", "kind/native"],
        homepage,
        license,
        publisher: "pulumi-section",
        meta: { moduleFormat: "(.*)", supportPack: true },
        config: configOf(),
        types: types.listTypes(),
        provider: providerOf(),
        resources,
        functions,
        language: languagesOf(new URL(homepage).host),
    };
}
