// The SDK has such a call in the server that its `provider.main` starts. It exports neither, and that server takes no
// secrets, previews or detailed diffs of resources, so that this plugin has a server of its own.
import type * as pulumi from "@pulumi/pulumi";
import { type ConstructRequest, ConstructResponse } from "@pulumi/pulumi/proto/provider_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import type { Properties } from "pulumi-section/internal";
import { refuseOutputs } from "./plain-inputs";
import { loadSchema } from "./read-schema";

/** Parts of the SDK that its types leave out. */
interface SdkRuntime {
    resetOptions(...options: unknown[]): void;
    awaitFeatureSupport(): Promise<void>;
    waitForRPCs(): Promise<void>;
}
interface SdkState {
    withLocalStorage<T>(work: () => Promise<T>): Promise<T>;
}
interface SdkResources {
    DependencyResource: new (urn: string) => pulumi.Resource;
    DependencyProviderResource: new (reference: string) => pulumi.ProviderResource;
}
interface SdkServer {
    deserializeInputs(inputs: Struct | undefined, dependencies: unknown): Promise<Properties>;
}

type Component = new (name: string, args: never, options: pulumi.ComponentResourceOptions) => pulumi.ComponentResource;

const loadSdk = () => ({
    sdk: require("@pulumi/pulumi") as typeof pulumi,
    settings: require("@pulumi/pulumi/runtime/settings") as SdkRuntime,
    state: require("@pulumi/pulumi/runtime/state") as SdkState,
    resource: require("@pulumi/pulumi/resource") as SdkResources,
    server: require("@pulumi/pulumi/provider/server") as SdkServer,
});
type Sdk = ReturnType<typeof loadSdk>;

/** Makes this process a program for the request: its stack, its config, and the monitor of its registrations. */
async function becomeProgram({ sdk, settings }: Sdk, request: ConstructRequest, engine: string | undefined) {
    settings.resetOptions(
        request.getProject(),
        request.getStack(),
        request.getParallel(),
        engine,
        request.getMonitorendpoint(),
        request.getDryrun(),
        request.getOrganization(),
    );
    await settings.awaitFeatureSupport();
    const config = Object.fromEntries(request.getConfigMap().entries() as IterableIterator<[string, string]>);
    // what is made here are resources of this plugin, whatever way the stack's own program goes
    sdk.runtime.setAllConfig({ ...config, "section:plugin": "true" }, request.getConfigsecretkeysList());
}

function optionsOf(parts: Sdk, request: ConstructRequest): pulumi.ComponentResourceOptions {
    const providers = [...(request.getProvidersMap().entries() as IterableIterator<[string, string]>)];
    const parent = request.getParent();
    const aliases = request.getAliasesList().map((alias): pulumi.URN | pulumi.Alias => {
        const spec = alias.getSpec();
        if (spec === undefined) return alias.getUrn();
        const isAtTop = spec.hasNoparent() && spec.getNoparent();
        return {
            ...(spec.getName() !== "" && { name: spec.getName() }),
            ...(spec.getType() !== "" && { type: spec.getType() }),
            ...(spec.getProject() !== "" && { project: spec.getProject() }),
            ...(spec.getStack() !== "" && { stack: spec.getStack() }),
            ...(spec.hasParenturn() && { parent: spec.getParenturn() }),
            ...(isAtTop && { parent: parts.sdk.rootStackResource }),
        };
    });
    return {
        aliases,
        dependsOn: request.getDependenciesList().map((urn) => new parts.resource.DependencyResource(urn)),
        protect: request.getProtect(),
        retainOnDelete: request.getRetainondelete(),
        ignoreChanges: request.getIgnorechangesList(),
        replaceOnChanges: request.getReplaceonchangesList(),
        providers: Object.fromEntries(
            providers.map(([name, reference]) => [name, new parts.resource.DependencyProviderResource(reference)]),
        ),
        ...(parent !== "" && { parent: new parts.resource.DependencyResource(parent) }),
    };
}

/** The outputs that the schema gives to a component. */
function outputsOf(component: pulumi.ComponentResource, type: string): pulumi.Inputs {
    const names = Object.keys(loadSchema().resources[type]?.properties ?? {});
    return Object.fromEntries(names.map((name) => [name, component[name as keyof typeof component]]));
}

async function answer(parts: Sdk, component: pulumi.ComponentResource, type: string): Promise<ConstructResponse> {
    const { sdk } = parts;
    const response = new ConstructResponse();
    response.setUrn(await new Promise<string>((resolve) => component.urn.apply(resolve)));
    const [state, dependencies] = await sdk.runtime.serializeResourceProperties(type, outputsOf(component, type));
    for (const [key, resources] of dependencies) {
        const urns = new ConstructResponse.PropertyDependencies();
        urns.setUrnsList(
            await Promise.all([...resources].map(({ urn }) => new Promise<string>((resolve) => urn.apply(resolve)))),
        );
        response.getStatedependenciesMap().set(key, urns);
    }
    response.setState(Struct.fromJavaScript(state));
    return response;
}

/**
 * Makes a component with all its resources: the classes of TypeScript do it, in a program that this process runs for
 * the request.
 */
export async function construct(request: ConstructRequest, engine: string | undefined): Promise<ConstructResponse> {
    const type = request.getType();
    const parts = loadSdk();
    return parts.state.withLocalStorage(async () => {
        await becomeProgram(parts, request, engine);
        const { Agency, ClientSite } = require("pulumi-section") as typeof import("pulumi-section");
        const components: Record<string, Component> = {
            "section:index:Agency": Agency,
            "section:index:ClientSite": ClientSite,
        };
        const MadeClass = components[type];
        if (MadeClass === undefined) throw new Error(`${type} is no component of this plugin`);
        const inputs = await parts.server.deserializeInputs(request.getInputs(), request.getInputdependenciesMap());
        await refuseOutputs(type, inputs, parts.sdk.Output.isInstance);
        const component = new MadeClass(request.getName(), inputs as never, optionsOf(parts, request));
        const response = await answer(parts, component, type);
        await parts.settings.waitForRPCs();
        return response;
    });
}
