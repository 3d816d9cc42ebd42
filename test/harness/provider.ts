import type { ServiceError } from "@grpc/grpc-js";
import {
    CheckRequest,
    type CheckResponse,
    ConfigureRequest,
    type ConfigureResponse,
    CreateRequest,
    type CreateResponse,
    DeleteRequest,
    DiffRequest,
    DiffResponse,
    ErrorResourceInitFailed,
    type PropertyDiff,
    ReadRequest,
    type ReadResponse,
    UpdateRequest,
    type UpdateResponse,
} from "@pulumi/pulumi/proto/provider_pb";
import { Status } from "@pulumi/pulumi/proto/status_pb";
import type { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { ask, type ProviderProcess } from "./provider-process";
import { nameOf, typeOf } from "./urns";
import { type Properties, remarkSecrets, revealSecrets } from "./values";

export interface CheckFailure {
    property: string;
    reason: string;
}

export interface Difference {
    /** Undefined: compare the inputs. */
    changes: boolean | undefined;
    replaces: string[];
    deleteBeforeReplace: boolean;
    /** Property path -> what happens to it, from a provider that tells it. */
    details?: ReadonlyMap<string, PropertyDiff.Kind>;
}

/** The result of a create or update that may be incomplete. */
export interface Made {
    id: string;
    outputs: Properties;
    /** Why it is not complete. */
    initErrors?: string[];
}

export interface Known {
    urn: string;
    id: string;
    inputs: Properties;
    outputs: Properties;
}

/** The calls of a deployment to a provider. */
export interface Provider {
    check(urn: string, olds: Properties, news: Properties): Promise<{ inputs: Properties; failures: CheckFailure[] }>;
    diff(old: Known, inputs: Properties): Promise<Difference>;
    /** True for a provider that previews ask what a create and an update would give. */
    foresees(): Promise<boolean>;
    create(urn: string, inputs: Properties, isPreview: boolean): Promise<Made>;
    update(old: Known, inputs: Properties, isPreview: boolean): Promise<Made>;
    /** Undefined when it is gone. */
    read(old: Known): Promise<{ id: string; outputs: Properties; inputs?: Properties } | undefined>;
    delete(old: Known): Promise<void>;
}

const received = (struct: Struct | undefined) => (struct?.toJavaScript() ?? {}) as Properties;

interface Named {
    setUrn(urn: string): void;
    setName(name: string): void;
    setType(type: string): void;
}

function named<T extends Named>(request: T, urn: string): T {
    request.setUrn(urn);
    request.setName(nameOf(urn));
    request.setType(typeOf(urn));
    return request;
}

/** The resource that a call made before it failed. Throws every other failure. */
function readHalf(error: ServiceError): Made {
    const [details] = error.metadata?.get("grpc-status-details-bin") ?? [];
    const [any] = details instanceof Buffer ? Status.deserializeBinary(details).getDetailsList() : [];
    if (any === undefined) throw new Error(error.details);
    const failed = ErrorResourceInitFailed.deserializeBinary(any.getValue_asU8());
    return { id: failed.getId(), outputs: received(failed.getProperties()), initErrors: failed.getReasonsList() };
}

function fail(error: ServiceError): never {
    throw new Error(error.details);
}

const { DIFF_SOME, DIFF_UNKNOWN } = DiffResponse.DiffChanges;

/** A provider that takes what no program has made yet, as `pulumi import` does. */
export interface ImportingProvider extends Provider {
    import(urn: string, id: string): Promise<Omit<Known, "urn">>;
}

/** The provider in a process, configured once. Marks secrets in every answer, as the engine does. */
export function openProvider(
    { client }: ProviderProcess,
    urn: string,
    id: string,
    config: Properties,
): ImportingProvider {
    const request = named(new ConfigureRequest(), urn);
    request.setId(id);
    request.setArgs(Struct.fromJavaScript(config as never));
    request.setAcceptsecrets(true);
    request.setAcceptresources(true);
    const configured = ask<ConfigureResponse>((done) => client.configure(request, done));
    configured.catch(() => {}); // each later call rejects with it
    let takesSecrets = false;
    configured.then(
        (answer) => {
            takesSecrets = answer.getAcceptsecrets();
        },
        () => {},
    );
    const send = (properties: Properties) =>
        Struct.fromJavaScript((takesSecrets ? properties : revealSecrets(properties)) as never);
    /** The engine marks what a provider sends back that was not told what is secret. */
    const remark = (answer: Properties, sent: Properties) => (takesSecrets ? answer : remarkSecrets(answer, sent));
    return {
        foresees: async () => (await configured).getSupportspreview(),
        check: async (urn, olds, news) => {
            await configured;
            const check = named(new CheckRequest(), urn);
            check.setOlds(send(olds));
            check.setNews(send(news));
            const answer = await ask<CheckResponse>((done) => client.check(check, done)).catch(fail);
            const failures = answer
                .getFailuresList()
                .map((each) => ({ property: each.getProperty(), reason: each.getReason() }));
            return { inputs: remark(received(answer.getInputs()), news), failures };
        },
        diff: async ({ urn, id, inputs, outputs }, news) => {
            await configured;
            const diff = named(new DiffRequest(), urn);
            diff.setId(id);
            diff.setOldInputs(send(inputs));
            diff.setOlds(send(outputs));
            diff.setNews(send(news));
            const answer = await ask<DiffResponse>((done) => client.diff(diff, done)).catch(fail);
            const kind = answer.getChanges();
            return {
                changes: kind === DIFF_UNKNOWN ? undefined : kind === DIFF_SOME,
                replaces: answer.getReplacesList(),
                deleteBeforeReplace: answer.getDeletebeforereplace(),
                details: new Map(
                    [...answer.getDetaileddiffMap().keys()].map((path) => [
                        path,
                        (answer.getDetaileddiffMap().get(path) as PropertyDiff).getKind(),
                    ]),
                ),
            };
        },
        create: async (urn, inputs, isPreview) => {
            await configured;
            const create = named(new CreateRequest(), urn);
            create.setPreview(isPreview);
            create.setProperties(send(inputs));
            const made = await ask<CreateResponse>((done) => client.create(create, done)).then(
                (answer): Made => ({ id: answer.getId(), outputs: received(answer.getProperties()) }),
                readHalf,
            );
            if (made.id === "" && !isPreview) throw new Error(`plugin returned empty resource.ID from create '${urn}'`);
            return { ...made, outputs: remark(made.outputs, inputs) };
        },
        update: async ({ urn, id, inputs, outputs }, news, isPreview) => {
            await configured;
            const update = named(new UpdateRequest(), urn);
            update.setPreview(isPreview);
            update.setId(id);
            update.setOldInputs(send(inputs));
            update.setOlds(send(outputs));
            update.setNews(send(news));
            const made = await ask<UpdateResponse>((done) => client.update(update, done)).then(
                (answer): Made => ({ id, outputs: received(answer.getProperties()) }),
                readHalf,
            );
            return { ...made, id, outputs: remark(made.outputs, news) };
        },
        read: async ({ urn, id, inputs, outputs }) => {
            await configured;
            const read = named(new ReadRequest(), urn);
            read.setId(id);
            read.setInputs(send(inputs));
            read.setProperties(send(outputs));
            const answer = await ask<ReadResponse>((done) => client.read(read, done)).catch(fail);
            if (answer.getId() === "") return undefined;
            const found = answer.getInputs();
            return {
                id: answer.getId(),
                outputs: remark(received(answer.getProperties()), outputs),
                inputs: found && remark(received(found), inputs),
            };
        },
        import: async (urn, id) => {
            await configured;
            const read = named(new ReadRequest(), urn);
            read.setId(id);
            const answer = await ask<ReadResponse>((done) => client.read(read, done)).catch(fail);
            return {
                id: answer.getId(),
                outputs: received(answer.getProperties()),
                inputs: received(answer.getInputs()),
            };
        },
        delete: async ({ urn, id, inputs, outputs }) => {
            await configured;
            const gone = named(new DeleteRequest(), urn);
            gone.setId(id);
            gone.setOldInputs(send(inputs));
            gone.setProperties(send(outputs));
            await ask<Empty>((done) => client.delete(gone, done)).catch(fail);
        },
    };
}
