import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { apiRoot } from "../../../platform/http/route";
import { allRoutes } from "../../../platform/http/routes";
import { checkAnswer } from "../../support/answers";
import { basic } from "../../support/api";
import { requireSome } from "../../support/require-some";
import { Fields, Specification, type SpecifiedOperation } from "../../support/specification";
import { storeKinds } from "../../support/stores";
import { addressFor, rightRequest, type V1Request } from "../../support/v1-requests";
import { maxBodyBytes, password, startV1World, type V1World } from "../../support/v1-world";

/** Where this platform differs from the descriptions on purpose; docs/differences.md says so too. */
const deviations: Record<string, Record<string, string>> = {
    "POST /user/linkexternal": { 204: "no identity provider is known, so nothing can be linked" },
    "POST /user/resendverification": { 404: "whoever is asking exists" },
    "GET /account/{accountId}/application/{applicationId}/environment/{environmentName}/synthetics": {
        200: "not offered",
        default: "not offered",
    },
    "POST /account/{accountId}/application/{applicationId}/environment/{environmentName}/synthetics": {
        200: "not offered",
        default: "not offered",
    },
    "DELETE /account/{accountId}/application/{applicationId}/environment/{environmentName}/synthetics/{testId}": {
        200: "not offered",
        default: "not offered",
    },
};

/** Fields that successes of pure v1 have beyond the descriptions. */
const fieldsBeyond = {
    email_hash: "recorded answers have it",
    auto_send_sms: "recorded answers have it",
    can_edit_profile: "recorded answers have it",
    type: "of a stack: a known client reads it",
};

/** Fields that no success has. */
const fieldsMissing = {
    mode: "of a domain: recorded answers leave it out",
    personality: "of a proxy: taken and not kept",
};

/**
 * Nobody who is signed in and belongs to the account can be forbidden these: by v1 machines may do them, or they lead
 * to a second factor.
 */
const neverForbidden = [
    "GET /account",
    "GET /user",
    "GET /account/{accountId}/domain/{hostName}/https",
    "GET /account/{accountId}/domain/{hostName}/verifyEngaged",
];

interface Sent extends V1Request {
    url?: string;
    method?: string;
    token?: string;
    rawBody?: string;
}

type Attempt = (operation: SpecifiedOperation, world: V1World) => Sent | undefined;

const isWrite = ({ method }: SpecifiedOperation) => method !== "GET";
const has = ({ parameters }: SpecifiedOperation, place: string) => parameters.some((each) => each.in === place);
const tooLarge = "x".repeat(maxBodyBytes + 1);

function badRequest(operation: SpecifiedOperation): Sent | undefined {
    if (has(operation, "body")) return { rawBody: "{" };
    if (operation.parameters.some((each) => each.in === "query" && each.required)) return { query: "" };
    if (operation.path.includes("{accountId}")) return { parameters: { accountId: "x" } };
    if (operation.path.includes("{userId}")) return { parameters: { userId: "x" } };
    return operation.path.includes("{helpId}") ? { parameters: { helpId: "x".repeat(400) } } : undefined;
}

function forbiddenRequest(
    operation: SpecifiedOperation,
    { readToken, readonlyToken, strict }: V1World,
): Sent | undefined {
    if (neverForbidden.includes(operation.name)) return undefined;
    if (isWrite(operation)) return { token: readToken };
    if (operation.name.endsWith("/domains")) return { token: readonlyToken };
    return { token: "", headers: basic(strict.email, password), parameters: { accountId: strict.account } };
}

function unknownRequest({ path }: SpecifiedOperation): Sent | undefined {
    if (path.includes("{accountId}")) return { parameters: { accountId: 999_999 } };
    return path.includes("{helpId}") ? { parameters: { helpId: "nothing" } } : undefined;
}

/** What makes an operation answer a status, where it can. */
const attempts: Record<string, Attempt> = {
    400: badRequest,
    401: () => ({ token: "" }),
    403: forbiddenRequest,
    404: unknownRequest,
    405: () => ({ method: "PUT" }),
    413: (operation) => (isWrite(operation) ? { rawBody: tooLarge } : undefined),
    429: (_operation, { limited }) => ({ url: limited }),
    500: (_operation, { broken }) => ({ url: broken }),
};

interface Received {
    status: number;
    headers: Headers;
    text: string;
    bytes: number;
}

async function send(operation: SpecifiedOperation, world: V1World, base: string, sent: Sent): Promise<Received> {
    const { method = operation.method, token = world.token, body, rawBody, headers } = sent;
    const address = new URL(`${sent.url ?? base}${apiRoot}${addressFor(operation.path, world.site, sent)}`);
    const answer = await fetch(address, {
        method,
        headers: { ...(token !== "" && { "section-token": token }), ...headers },
        body: rawBody ?? (body === undefined ? undefined : JSON.stringify(body)),
    });
    const data = Buffer.from(await answer.arrayBuffer());
    const received = {
        status: answer.status,
        headers: answer.headers,
        text: data.toString("utf8"),
        bytes: data.length,
    };
    checkAnswer(method, address.pathname, received);
    return received;
}

/** Whether an answer is as a description says: the body by its schema, and what every answer has in its head. */
function checkSpecified(
    specification: Specification,
    operation: SpecifiedOperation,
    { status, headers, text, bytes }: Received,
) {
    // 405 is no answer of the operation: another method was asked for
    const declared =
        operation.answers.get(String(status)) ??
        operation.answers.get(status >= 400 && status !== 405 ? "default" : "");
    assert.match(headers.get("aperture-tx-id") ?? "", /^\d{12}\.\d{6}$/);
    if (declared?.type === "file") {
        assert.equal(headers.get("content-type"), "application/tar+gzip");
        return assert.ok(bytes > 100);
    }
    if (declared === undefined && status < 400) return assert.equal(text, "");
    assert.match(headers.get("content-type") ?? "", /^application\/json/);
    const schema = declared ?? { $ref: "#/definitions/ErrorModel" };
    assert.deepEqual(specification.faults(schema, JSON.parse(text)), [], text.slice(0, 500));
    if (status < 400) return;
    const wanted = schema.$ref?.endsWith("MultiErrorModel") ? "messages" : "message";
    assert.ok(JSON.parse(text)[wanted]?.length > 0, `${wanted} in ${text}`);
}

function checkHead({ name, method }: SpecifiedOperation, { status, headers }: Received) {
    if (status === 401) assert.match(headers.get("www-authenticate") ?? "", /^Basic realm="/, name);
    if (status === 405) assert.ok(headers.get("allow")?.split(", ").includes(method), `Allow of ${name}`);
    if (status === 429) assert.match(headers.get("retry-after") ?? "", /^[1-9]\d*$/, name);
}

/** Sends everything that one operation can be sent. */
class Examination {
    readonly fields = new Fields();
    readonly left: string[] = [];
    answers = 0;

    constructor(
        private readonly specification: Specification,
        private readonly world: V1World,
    ) {}

    async examine(operation: SpecifiedOperation): Promise<void> {
        const { pure, extended } = this.world.right;
        const excused = deviations[operation.name] ?? {};
        const given = new Set<string>();
        const expect = async (status: number, base: string, request: V1Request, sent: Sent = {}) => {
            const received = await send(operation, this.world, base, {
                ...request,
                ...sent,
                parameters: { ...request.parameters, ...sent.parameters },
            });
            assert.equal(received.status, status, `${operation.name}: ${received.text.slice(0, 300)}`);
            checkSpecified(this.specification, operation, received);
            checkHead(operation, received);
            if (status !== 405)
                given.add(status >= 400 && !operation.answers.has(String(status)) ? "default" : String(status));
            this.answers += 1;
            return received.text;
        };
        const request = await rightRequest(operation.name, this.world.site);
        if (excused.default === undefined) {
            for (const [status, attempt] of Object.entries(attempts)) {
                const sent = attempt(operation, this.world);
                if (sent !== undefined)
                    await expect(Number(status), this.answers % 2 === 0 ? pure : extended, request, sent);
            }
        }
        const success = [...operation.answers.keys()].find((status) => status.startsWith("2")) as string;
        if (excused[success] === undefined) {
            this.#checkRequest(operation, request);
            const text = await expect(Number(success), pure, request);
            await expect(Number(success), extended, await rightRequest(operation.name, this.world.site));
            const schema = operation.answers.get(success);
            if (schema !== undefined && schema.type !== "file")
                this.specification.compare(schema, JSON.parse(text), this.fields);
        }
        for (const status of operation.answers.keys()) {
            if (excused[status] !== undefined) this.left.push(`${operation.name} ${status}`);
            assert.equal(given.has(status), excused[status] === undefined, `${operation.name} ${status}`);
        }
    }

    /** What the platform takes has to be what a client makes of the description. */
    #checkRequest({ name, parameters }: SpecifiedOperation, { body = {} }: V1Request): void {
        const schema = parameters.find((each) => each.in === "body")?.schema;
        if (schema !== undefined) assert.deepEqual(this.specification.faults(schema, body), [], name);
    }
}

describe("v1's descriptions", function () {
    this.timeout(180_000);

    it("name what the table of routes has, and nothing else but what is listed", async () => {
        const wanted = (await Specification.read("swagger-2023")).operations.map(({ name }) => name).sort();
        const old = (await Specification.read("spec-2021")).operations.map(({ name }) => name);
        const ours = allRoutes
            .filter(({ root, extension }) => root === undefined && extension === undefined)
            .map(({ method, path }) => `${method} ${path.replaceAll(/:(\w+)/g, "{$1}")}`);
        assert.equal(wanted.length, 65);
        assert.deepEqual(ours.sort(), wanted);
        const notOffered = Object.keys(deviations).filter((name) => name.includes("/synthetics"));
        assert.deepEqual(old.filter((name) => !ours.includes(name)).sort(), notOffered.sort());
    });

    it("are differed from in what docs/differences.md says", async () => {
        const page = await readFile("docs/differences.md", "utf8");
        const words = Object.keys(deviations).map((name) => /\/(\w+)(\/{\w+})?$/.exec(name)?.[1] as string);
        for (const word of words) assert.match(page, new RegExp(`/${word}\``));
        for (const field of Object.keys({ ...fieldsBeyond, ...fieldsMissing }))
            assert.ok(page.includes(`\`${field}\``), field);
    });

    for (const kind of storeKinds) {
        describe(`over ${kind}`, () => {
            let world: V1World;
            before(async () => {
                world = await startV1World(kind);
            });
            after(() => world.close());

            for (const name of ["swagger-2023", "spec-2021"] as const) {
                it(`${name}: every operation gives every answer that is declared, and 4xx wherever they can be`, async () => {
                    const specification = await Specification.read(name);
                    const examination = new Examination(specification, world);
                    for (const operation of specification.operations) await examination.examine(operation);
                    const { fields, left, answers } = examination;
                    assert.deepEqual([...fields.beyond].sort(), Object.keys(fieldsBeyond).sort());
                    assert.deepEqual(
                        [...fields.missing].filter((field) => !fields.shown.has(field)).sort(),
                        Object.keys(fieldsMissing).sort(),
                    );
                    const differ = `${left.length} are not given, ${fields.beyond.size + Object.keys(fieldsMissing).length} fields differ`;
                    console.log(
                        `        ${specification.operations.length} operations: ${answers} answers as declared; ${differ}`,
                    );
                });
            }

            it("what is not offered is not found", async () => {
                const { operations } = await Specification.read("spec-2021");
                const notOffered = operations.filter(({ name }) => deviations[name]?.default !== undefined);
                for (const operation of requireSome(notOffered))
                    assert.equal((await send(operation, world, world.right.pure, {})).status, 404, operation.name);
            });
        });
    }
});
