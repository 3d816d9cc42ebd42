// The settings of a stack, for the page of settings: their words are here, their names are compared with the code.
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { repository } from "../sources.mjs";
import { listProperties } from "./declarations.mjs";
import { codeOf, tableOf } from "./tables.mjs";

/** name -> further variables, default, words. */
export const settings = {
    endpoint: { what: "the address of the platform, such as `https://aperture.section.io`: [endpoints](endpoints.md)" },
    token: {
        or: "SECTION_TOKEN_FILE",
        what: "the API token, or the file that has it. In the stack config it is a secret: `pulumi config set --secret section:token`. [New tokens](endpoints.md#a-token-that-is-replaced)",
    },
    adopt: {
        value: "nothing",
        what: "what may be taken over from nobody or from another stack: names of resources, separated by commas, or `true` for all: [claims](claims.md)",
    },
    allowLiveDelete: { value: "`false`", what: "`true` allows deleting live things: [guards](guards.md)" },
    maxDeletes: { value: "any number", what: "how many things may be deleted at once: [guards](guards.md)" },
    requirePlatform: {
        value: "`true` if the variable `CI` is set to anything but `false` or `0`; otherwise `false`",
        what: "`true`: a preview fails if the platform does not answer; `false`: it goes on and counts what it could not check: [guards](guards.md)",
    },
    patience: {
        value: "20",
        what: "how many seconds each operation waits, once, for a platform that does not answer: [guards](guards.md)",
    },
    resolver: {
        value: "the servers of this machine",
        what: "the DNS servers that previews and `up` ask, separated by commas, or `none`: [going live](go-live.md)",
    },
};

/** The names that the code asks for. */
function listAsked() {
    const folder = path.join(repository, "provider/run");
    const text = readdirSync(folder)
        .map((name) => readFileSync(path.join(folder, name), "utf8"))
        .join("\n");
    const asked = text.matchAll(/\b(?:setting|once)\("(\w+)"|\bfindSetting\([\w, ]+, "(\w+)"|"section:(\w+)"/g);
    return new Set([...asked].map(([, ...names]) => names.find((name) => name !== undefined)));
}

/** `allowLiveDelete` -> `SECTION_ALLOW_LIVE_DELETE`. */
export const variableOf = (name) => `SECTION_${name.replaceAll(/(?=[A-Z])/g, "_").toUpperCase()}`;

export function tableOfSettings() {
    const asked = [...listAsked()].sort();
    const told = Object.keys(settings).sort();
    if (asked.join() !== told.join())
        throw new Error(`settings: the code asks for ${asked.join(", ")}, and the page has ${told.join(", ")}`);
    const inProvider = new Set(listProperties("ProviderArgs").map(({ name }) => name));
    return tableOf(
        ["places, the first counts", "default", "what"],
        Object.entries(settings).map(([name, { or, value = "", what }]) => {
            const variables = [variableOf(name), or].filter(Boolean).map(codeOf);
            const inClass = inProvider.has(name) ? [`\`${name}\` of a Provider`] : [];
            return [[...inClass, ...variables, codeOf(`section:${name}`)].join("<br>"), value, what];
        }),
    );
}
