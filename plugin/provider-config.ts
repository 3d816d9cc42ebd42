import {
    type ConfigReader,
    explicitPrefix,
    isDefaultProvider,
    type Properties,
    pluginPackage,
    settingNames,
} from "pulumi-section/internal";
import { explainUnknownProperty } from "section-model";

const asText = (value: unknown) => (typeof value === "string" ? value : JSON.stringify(value));

/** The settings of a provider resource, under the names by which the lifecycle asks for them. */
export function readProviderConfig(urn: string, inputs: Properties): ConfigReader {
    const prefix = isDefaultProvider(urn) ? pluginPackage : explicitPrefix;
    return {
        get: (key) => {
            const [space, name = ""] = key.split(":");
            return space === prefix && inputs[name] !== undefined ? asText(inputs[name]) : undefined;
        },
    };
}

/** Names that the engine itself gives to a provider. */
const engineNames = ["version", "pluginDownloadURL"];

/** Mistakes in the properties of a provider that a program names. Keys of the stack config may be the program's own. */
export function checkProviderConfig(urn: string, inputs: Properties): { property: string; reason: string }[] {
    if (isDefaultProvider(urn)) return [];
    return Object.keys(inputs)
        .filter((name) => !settingNames.includes(name) && !engineNames.includes(name) && !name.startsWith("__"))
        .map((property) => ({ property, reason: explainUnknownProperty(property, settingNames) }));
}
