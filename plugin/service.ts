import { isDeepStrictEqual } from "node:util";
import { type handleUnaryCall, status, type UntypedServiceImplementation } from "@grpc/grpc-js";
import { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import {
    CheckFailure,
    type CheckRequest,
    CheckResponse,
    type ConfigureRequest,
    ConfigureResponse,
    type ConstructRequest,
    type CreateRequest,
    CreateResponse,
    type DeleteRequest,
    type DiffRequest,
    DiffResponse,
    GetSchemaResponse,
    type InvokeRequest,
    InvokeResponse,
    PropertyDiff as PropertyDiffMessage,
    type ReadRequest,
    ReadResponse,
    type UpdateRequest,
    UpdateResponse,
} from "@pulumi/pulumi/proto/provider_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import type { Struct } from "google-protobuf/google/protobuf/struct_pb";
import type { Properties } from "pulumi-section/internal";
import { construct } from "./construct";
import type { PropertyDiff } from "./detailed-diff";
import type { EngineLog } from "./engine-log";
import { callFunction } from "./functions";
import { checkProviderConfig } from "./provider-config";
import { readSchema } from "./read-schema";
import type { EngineQuestion, SectionProvider } from "./section-provider";
import { version } from "./version";
import { asServiceError } from "./wire/failure";
import { withoutMarks } from "./wire/marks";
import { readStruct, writeStruct } from "./wire/struct";

/** The parts of a request about a resource, of which each kind has some. */
interface ResourceRequest {
    getUrn(): string;
    getId?(): string;
    getOlds?(): Struct | undefined;
    getOldInputs?(): Struct | undefined;
    getNews?(): Struct | undefined;
    getPreview?(): boolean;
    getTimeout?(): number;
}

function readQuestion(request: ResourceRequest): EngineQuestion {
    return {
        urn: request.getUrn(),
        id: request.getId?.() ?? "",
        olds: readStruct(request.getOlds?.()),
        oldInputs: readStruct(request.getOldInputs?.()),
        news: readStruct(request.getNews?.()),
        isPreview: request.getPreview?.() ?? false,
        timeout: request.getTimeout?.() ?? 0,
    };
}

/** A handler that answers what `answer` resolves to, and every failure in words. */
type Answering = <Q, A>(answer: (request: Q) => Promise<A>) => handleUnaryCall<Q, A>;

/** @param flush resolves when a person has been told everything that belongs to the answer */
function answerAfter(flush: () => Promise<void>): Answering {
    return (answer) =>
        ({ request }, done) => {
            answer(request)
                .finally(flush)
                .then(
                    (response) => done(null, response),
                    (error) => done(asServiceError(error)),
                );
        };
}

function writeCheck(inputs: Properties, failures: readonly { property: string; reason: string }[]): CheckResponse {
    const response = new CheckResponse();
    response.setInputs(writeStruct(inputs));
    response.setFailuresList(
        failures.map(({ property, reason }) => {
            const failure = new CheckFailure();
            failure.setProperty(property);
            failure.setReason(reason);
            return failure;
        }),
    );
    return response;
}

function writeDetail({ change, replaces }: PropertyDiff): PropertyDiffMessage {
    const detail = new PropertyDiffMessage();
    detail.setKind(PropertyDiffMessage.Kind[replaces ? (`${change}_REPLACE` as const) : change]);
    detail.setInputdiff(true);
    return detail;
}

async function check(provider: SectionProvider, request: CheckRequest): Promise<CheckResponse> {
    const { inputs, failures } = await provider.check(readQuestion(request));
    return writeCheck(inputs, failures);
}

async function diff(provider: SectionProvider, request: DiffRequest): Promise<DiffResponse> {
    const { changes, replaces, deleteBeforeReplace, details } = await provider.diff(readQuestion(request));
    const response = new DiffResponse();
    const { DIFF_SOME, DIFF_NONE } = DiffResponse.DiffChanges;
    response.setChanges(changes ? DIFF_SOME : DIFF_NONE);
    response.setReplacesList([...replaces]);
    response.setDeletebeforereplace(deleteBeforeReplace);
    response.setHasdetaileddiff(true);
    for (const detail of details) response.getDetaileddiffMap().set(detail.path, writeDetail(detail));
    response.setDiffsList([...new Set(details.map(({ path }) => path.split(/[.[]/, 1)[0] as string))]);
    return response;
}

async function create(provider: SectionProvider, request: CreateRequest): Promise<CreateResponse> {
    const { id, properties } = await provider.create({
        ...readQuestion(request),
        news: readStruct(request.getProperties()),
    });
    const response = new CreateResponse();
    response.setId(id);
    response.setProperties(writeStruct(properties));
    return response;
}

async function update(provider: SectionProvider, request: UpdateRequest): Promise<UpdateResponse> {
    const properties = await provider.update(readQuestion(request));
    const response = new UpdateResponse();
    response.setProperties(writeStruct(properties));
    return response;
}

async function read(provider: SectionProvider, request: ReadRequest): Promise<ReadResponse> {
    const asked = {
        ...readQuestion(request),
        olds: readStruct(request.getProperties()),
        oldInputs: readStruct(request.getInputs()),
    };
    // only an import has neither: a look-up has properties, though there is nothing in them
    const isImport = !request.hasProperties() && !request.hasInputs();
    const found = isImport ? await provider.import(asked) : await provider.read(asked);
    const response = new ReadResponse();
    if (found === undefined) return response;
    response.setId(found.id);
    response.setProperties(writeStruct(found.properties));
    // without them the engine keeps those of the state, which have the content of environments
    if (found.inputs !== undefined) response.setInputs(writeStruct(found.inputs));
    return response;
}

async function remove(provider: SectionProvider, request: DeleteRequest): Promise<Empty> {
    await provider.delete({ ...readQuestion(request), olds: readStruct(request.getProperties()) });
    return new Empty();
}

/** Ctrl-C. The engine begins nothing more, and waits for the answers to what it has asked. */
async function cancel(provider: SectionProvider): Promise<Empty> {
    provider.stop();
    return new Empty();
}

async function invoke(provider: SectionProvider, request: InvokeRequest): Promise<InvokeResponse> {
    const args = withoutMarks(readStruct(request.getArgs())) as Properties;
    const response = new InvokeResponse();
    response.setReturn(writeStruct(await callFunction(provider, request.getTok(), args)));
    return response;
}

async function configure(provider: SectionProvider, request: ConfigureRequest): Promise<ConfigureResponse> {
    await provider.configure(request.getUrn() ?? "", readStruct(request.getArgs()));
    const response = new ConfigureResponse();
    response.setAcceptsecrets(true);
    response.setSupportspreview(true);
    return response;
}

/** Settings are read with each question, so that a program whose settings are not known yet has a preview. */
async function checkConfig(request: CheckRequest): Promise<CheckResponse> {
    const inputs = readStruct(request.getNews());
    return writeCheck(inputs, checkProviderConfig(request.getUrn(), inputs));
}

/** No change of settings replaces anything: things that are on another platform are refused one by one. */
async function diffConfig(request: DiffRequest): Promise<DiffResponse> {
    const [before, after] = [request.getOldInputs() ?? request.getOlds(), request.getNews()].map((struct) =>
        withoutMarks(readStruct(struct)),
    );
    const response = new DiffResponse();
    const { DIFF_SOME, DIFF_NONE } = DiffResponse.DiffChanges;
    response.setChanges(isDeepStrictEqual(before, after) ? DIFF_NONE : DIFF_SOME);
    return response;
}

async function getSchema(): Promise<GetSchemaResponse> {
    const response = new GetSchemaResponse();
    response.setSchema(await readSchema());
    return response;
}

async function getPluginInfo(): Promise<PluginInfo> {
    const response = new PluginInfo();
    response.setVersion(version);
    return response;
}

/** Calls of the protocol that this plugin has no answer for. The engine knows what to do without. */
const unanswered = ["handshake", "parameterize", "call", "attach", "getMapping", "getMappings"];

/** The service that the engine calls, for one provider. */
export function makeService(provider: SectionProvider, { address, flush }: EngineLog): UntypedServiceImplementation {
    const answering = answerAfter(flush);
    const missing = Object.fromEntries(
        unanswered.map((name) => [
            name,
            answering(async () => {
                throw Object.assign(new Error(`${name} is not served`), { code: status.UNIMPLEMENTED });
            }),
        ]),
    );
    return {
        ...missing,
        checkConfig: answering(checkConfig),
        diffConfig: answering(diffConfig),
        configure: answering((request: ConfigureRequest) => configure(provider, request)),
        check: answering((request: CheckRequest) => check(provider, request)),
        diff: answering((request: DiffRequest) => diff(provider, request)),
        create: answering((request: CreateRequest) => create(provider, request)),
        update: answering((request: UpdateRequest) => update(provider, request)),
        read: answering((request: ReadRequest) => read(provider, request)),
        delete: answering((request: DeleteRequest) => remove(provider, request)),
        invoke: answering((request: InvokeRequest) => invoke(provider, request)),
        construct: answering((request: ConstructRequest) => construct(request, address)),
        cancel: answering(() => cancel(provider)),
        getSchema: answering(getSchema),
        getPluginInfo: answering(getPluginInfo),
    };
}
