import * as pulumi from "@pulumi/pulumi";
import { model } from "../run/late-module";
import { settingNames } from "../run/setting-names";

const space = "section";

/** A sentence for each key of a stack config that looks like a setting of this package, and is none. */
export function findUnknownSettings(keys: readonly string[]): string[] {
    const names = keys.flatMap((key) => (key.startsWith(`${space}:`) ? [key.slice(space.length + 1)] : []));
    return names
        .filter((name) => !settingNames.includes(name))
        .map((name) => {
            const meant = model.meantName(name, settingNames);
            const hint =
                meant === undefined ? `settings are ${settingNames.join(", ")}` : `did you mean ${space}:${meant}?`;
            return `${space}:${name} in the stack config is no setting, and nothing reads it; ${hint}`;
        });
}

/** Warns of keys in the stack config that no setting has: a misspelt guard guards nothing. */
export function warnOfUnknownSettings(): void {
    // the project's own keys begin with its name
    if (pulumi.runtime.getStackResource() === undefined || pulumi.getProject() === space) return;
    for (const sentence of findUnknownSettings(Object.keys(pulumi.runtime.allConfig()))) pulumi.log.warn(sentence);
}
