import { explicitPrefix, isDefaultProvider, type Properties, pluginPackage, type Way } from "pulumi-section/internal";
import { orderProperties, type RecordedResource } from "./state-document";

const waySetting = "plugin";

/** The setting of a stack that says which way its TypeScript program goes. */
export const wayKey = `${pluginPackage}:${waySetting}`;

/** The settings of the stack that a default provider has in the state. */
export interface StackSettings {
    /** The value of `section:plugin`; undefined where it is not set. */
    way?: string;
    /** The stack config of other namespaces, as values of a state: a dynamic provider gets all of them. */
    others: Properties;
}

/** True for the settings of a `section.Provider`. */
export function isExplicitProvider({ inputs = {} }: RecordedResource): boolean {
    return Object.keys(inputs).some((key) => key.startsWith(`${explicitPrefix}:`));
}

const prefixOf = ({ urn }: RecordedResource) => `${isDefaultProvider(urn) ? pluginPackage : explicitPrefix}:`;

function rename(properties: Properties, nameOf: (key: string) => string | undefined): Properties {
    return Object.fromEntries(
        Object.entries(properties).flatMap(([key, value]) => {
            const name = nameOf(key);
            return name === undefined ? [] : [[name, value]];
        }),
    );
}

/** The default provider of a plugin gets the config of its own namespace only. */
function toPlugin(provider: RecordedResource, properties: Properties, { way }: StackSettings): Properties {
    const prefix = prefixOf(provider);
    const isDefault = isDefaultProvider(provider.urn);
    const own = rename(properties, (key) => {
        if (key.startsWith(prefix)) return key.slice(prefix.length);
        return isDefault ? undefined : key;
    });
    return { ...own, ...(isDefault && way !== undefined && { [waySetting]: way }) };
}

/** What the engine adds for itself to the settings of a plugin. */
const engineKeys = ["version", "__internal"];

function toDynamic(provider: RecordedResource, properties: Properties, { way, others }: StackSettings): Properties {
    const isDefault = isDefaultProvider(provider.urn);
    const gone = [...engineKeys, ...(isDefault ? [waySetting] : [])];
    const own = rename(properties, (key) => {
        if (gone.includes(key)) return undefined;
        return key.includes(":") ? key : `${prefixOf(provider)}${key}`;
    });
    return isDefault ? { ...own, ...others, ...(way !== undefined && { [wayKey]: way }) } : own;
}

/** A provider's inputs and outputs as they are the other way. Secrets move as they are encrypted. */
export function convertSettings(
    provider: RecordedResource,
    way: Way,
    settings: StackSettings,
): Pick<RecordedResource, "inputs" | "outputs"> {
    const convert = way === "plugin" ? toPlugin : toDynamic;
    const { inputs = {}, outputs = {} } = provider;
    return {
        inputs: orderProperties(convert(provider, inputs, settings)),
        outputs: orderProperties(convert(provider, outputs, settings)),
    };
}

/** The default provider of dynamic resources has the whole config of the stack: `section:plugin` is another one now. */
export function noteWay(provider: RecordedResource, { way }: StackSettings): RecordedResource {
    const note = (properties: Properties = {}) => {
        const { [wayKey]: _, ...rest } = properties;
        return orderProperties({ ...rest, ...(way !== undefined && { [wayKey]: way }) });
    };
    return { ...provider, inputs: note(provider.inputs), outputs: note(provider.outputs) };
}
