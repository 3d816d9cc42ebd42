import { type ProblemCode, problems } from "section-model";
import { z } from "zod";
import { apiRoot, type Route, type WireContext } from "./route";
import { failureStatuses } from "./route-failures";
import { extended, named } from "./schema-definitions";
import { type SwaggerSchema, SwaggerSchemas } from "./swagger-schema";

const about = `Applications, environments, domains and everything else of the Section platform.

*Authorize* takes an API token (header \`section-token\`), or an e-mail address and a password; a token can stand in the password's place
beside any user name. Every answer carries its request's id in the header \`Aperture-Tx-Id\`. Every failure is JSON with a \`message\`. A
method that is not offered is answered with 405 and \`Allow\`.
`;
const aboutExtensions = `
What has \`x-extension\` is not part of v1; \`GET /capabilities\` lists all extensions.
`;

const errorFields = {
    message: z.string(),
    code: extended("error.code", z.string()),
    limit: extended("error.limit", z.string()),
};
const errorModel = named("ErrorModel", z.strictObject(errorFields));
const multiErrorModel = named("MultiErrorModel", z.strictObject({ messages: z.array(z.string()), ...errorFields }));

const transactionId = { "Aperture-Tx-Id": { type: "string", description: "The id of this request, for support" } };
const retryAfter = { "Retry-After": { type: "integer", description: "Seconds to wait" } };
const challenge = { "WWW-Authenticate": { type: "string" } };
const headersOf: Record<number, object> = { 401: challenge, 429: retryAfter, 503: retryAfter };

/** Said of a request before anybody knows which operation it is for. */
const beforeRoutes = new Set([408, 431]);

/** The group that an operation is shown in, by the first that fits its path. */
const tags: readonly (readonly [RegExp, string])[] = [
    [/\/proxy\/|\/update$/, "Proxy"],
    [/\/outagepage$/, "OutagePage"],
    [/\/zone|\/enableHostedDNS$/, "Zone"],
    [/\/domain\/|^\/hostname\//, "Domain"],
    [/\/environment/, "Environment"],
    [/\/application|^\/(stack|proxytemplate|origin)/, "Application"],
    [/\/billing/, "Billing"],
    [/^\/help/, "Help"],
    [/\/user/, "User"],
    [/^\/account/, "Account"],
];

function tagOf({ path }: Route): string {
    return tags.find(([pattern]) => pattern.test(path))?.[1] ?? "Platform";
}

type Place = "path" | "query" | "header";

function parametersOf(schemas: SwaggerSchemas, schema: z.ZodType | undefined, place: Place) {
    if (schema === undefined) return [];
    const { properties = {}, required = [] } = schemas.of(schema, "input");
    return Object.entries(properties)
        .filter(([name]) => name !== "user-agent") // every client sends one, and Swagger has no word for it
        .map(([name, shape]) => ({ name, in: place, required: required.includes(name), ...shape }));
}

function bodyOf(schemas: SwaggerSchemas, { operation, body }: Route) {
    if (body === undefined) return [];
    const name = `${pascal(operation)}Request`;
    const shape = schemas.of(body, "input");
    if (shape.$ref === undefined) schemas.definitions[name] = shape;
    const required = !body.safeParse({}).success; // no body is an empty one
    return [
        {
            name: "body",
            in: "body",
            required,
            schema: shape.$ref === undefined ? { $ref: `#/definitions/${name}` } : shape,
        },
    ];
}

function successesOf(schemas: SwaggerSchemas, { status, answer, mayBeEmpty }: Route): Record<string, object> {
    const empty = { description: "Done", headers: transactionId };
    if (status === 204) return { 204: empty };
    if (answer === undefined || answer === "nothing") return { 200: empty };
    const schema = typeof answer === "string" ? { type: "file" } : schemas.of(answer, "output");
    return { 200: { description: "Success", headers: transactionId, schema }, ...(mayBeEmpty && { 204: empty }) };
}

function pascal(name: string): string {
    return name.replaceAll(/(^|-)(\w)/g, (_, _dash, letter: string) => letter.toUpperCase());
}

/** Collects the answers that many operations have alike: those to a single problem. */
class SharedResponses {
    readonly responses: Record<string, object> = {};

    of(codes: readonly ProblemCode[], status: number, schema: SwaggerSchema): object {
        const description = codes.map((code) => `${problems[code].title} (${code})`).join(". ");
        const response = { description, headers: { ...transactionId, ...headersOf[status] }, schema };
        const [code, ...others] = codes;
        if (code === undefined || others.length > 0) return response;
        const name = pascal(code) + (schema.$ref?.endsWith("/ErrorModel") ? "" : "List");
        this.responses[name] = response;
        return { $ref: `#/responses/${name}` };
    }
}

function operationOf(schemas: SwaggerSchemas, shared: SharedResponses, route: Route, extensions: boolean) {
    const { operation, summary, access, params, query, headers, extension, twoFactorExempt, answer, listsFailures } =
        route;
    const model = schemas.of(listsFailures ? multiErrorModel : errorModel, "output");
    const plain = schemas.of(errorModel, "output");
    const failures = [...failureStatuses(route, extensions)].map(([status, codes]) => [
        status,
        shared.of(codes, status, beforeRoutes.has(status) ? plain : model),
    ]);
    return {
        tags: [tagOf(route)],
        summary,
        operationId: operation,
        ...(typeof answer === "string" && answer !== "nothing" && { produces: [answer, "application/json"] }),
        parameters: [
            ...parametersOf(schemas, params, "path"),
            ...parametersOf(schemas, query, "query"),
            ...parametersOf(schemas, headers, "header"),
            ...bodyOf(schemas, route),
        ],
        responses: { ...successesOf(schemas, route), ...Object.fromEntries(failures) },
        ...(access === "anonymous" && { security: [] }),
        ...(typeof access !== "string" && { "x-swagger-section-capabilities": access }),
        ...(twoFactorExempt && { "x-swagger-section-2fa-bypass-permitted": true }),
        ...(extension !== undefined && { "x-extension": extension }),
    };
}

function sorted<T>(record: Record<string, T>): Record<string, T> {
    return Object.fromEntries(Object.entries(record).sort(([one], [other]) => (one < other ? -1 : 1)));
}

/** The description of the API as a Swagger 2.0 document, for generators, browsers and fuzzers. */
export function describeApi(routes: readonly Route[], { extensions, publicUrl }: WireContext) {
    const schemas = new SwaggerSchemas(extensions);
    const shared = new SharedResponses();
    const paths: Record<string, Record<string, object>> = {};
    for (const route of routes.filter(({ root = apiRoot }) => root === apiRoot)) {
        const path = route.path.replaceAll(/:(\w+)/g, "{$1}");
        paths[path] = { ...paths[path], [route.method.toLowerCase()]: operationOf(schemas, shared, route, extensions) };
    }
    const { host, protocol } = new URL(publicUrl);
    return {
        swagger: "2.0",
        info: { title: "Section API", version: "1.0.0", description: extensions ? about + aboutExtensions : about },
        host,
        basePath: apiRoot,
        schemes: [protocol.slice(0, -1)],
        consumes: ["application/json"],
        produces: ["application/json"],
        securityDefinitions: {
            basic: { type: "basic" },
            sectionToken: { type: "apiKey", name: "section-token", in: "header" },
        },
        security: [{ basic: [] }, { sectionToken: [] }],
        paths,
        responses: sorted(shared.responses),
        definitions: sorted(schemas.definitions),
    };
}
