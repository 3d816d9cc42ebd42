import assert from "node:assert/strict";
import { type ProblemCode, problems } from "section-model";
import { addressOf, type Route } from "../../platform/http/route";
import { failuresOf } from "../../platform/http/route-failures";
import { allRoutes } from "../../platform/http/routes";

/** The parts of an answer that tests read. */
export interface Received {
    status: number;
    headers: Headers;
    text: string;
}

const parameters = (path: string) => path.split("/:").length - 1;

// where a word and a parameter both fit, the word is meant
const table = [...allRoutes]
    .sort((one, other) => parameters(one.path) - parameters(other.path))
    .map((route) => ({
        route,
        pattern: new RegExp(`^${addressOf(route).replace(/\/$/, "").replaceAll(/:\w+/g, "[^/]+")}/?$`),
    }));

function isReadable(path: string): boolean {
    try {
        return path.split("/").every((part) => decodeURIComponent(part).length <= 1024);
    } catch {
        return false;
    }
}

/** The route that a request is for; HEAD is a GET. */
export function findRoute(method: string, path: string): Route | undefined {
    if (!isReadable(path)) return undefined;
    const plain = path.replaceAll(/\/{2,}/g, "/");
    return table.find(
        ({ route, pattern }) => route.method === (method === "HEAD" ? "GET" : method) && pattern.test(plain),
    )?.route;
}

function checkFailure(route: Route | undefined, { status, headers, text }: Received): void {
    assert.match(headers.get("content-type") ?? "", /^application\/json/);
    const body = JSON.parse(text);
    const isOfRoute = route !== undefined && ![405, 408, 431].includes(status);
    assert.ok(typeof body.message === "string" && body.message !== "", "a failure has a message");
    const { message: _message, code, ...lists } = body;
    for (const [name, list] of Object.entries(lists))
        assert.ok(name === route?.listsFailures && Array.isArray(list) && list.length > 0, `${name} in a failure`);
    if (isOfRoute && route.listsFailures)
        assert.ok(Array.isArray(lists[route.listsFailures]), `a failure of ${route.operation} has a list`);
    // a missing route or method has no declared answers of its own
    const own: readonly ProblemCode[] =
        route === undefined ? ["invalid-input", "head-too-large", "body-too-large"] : failuresOf(route);
    const codes: readonly ProblemCode[] = [...own, "not-found", "method-not-allowed"];
    if (code !== undefined) assert.ok(codes.includes(code), `${code} is not declared`);
    assert.ok(
        codes.some((each) => problems[each].status === status && (code ?? each) === each),
        `${status} is not declared`,
    );
    if (status === 429 || status === 503) assert.match(headers.get("retry-after") ?? "", /^\d+$/);
    if (status === 401) assert.match(headers.get("www-authenticate") ?? "", /^Basic realm=/);
}

function checkSuccess({ status: declared, answer, mayBeEmpty }: Route, { status, headers, text }: Received): void {
    if (status === 204) assert.ok(declared === 204 || mayBeEmpty, "204 is not declared");
    else assert.ok(status === 200 && declared !== 204, `${status} is not declared`);
    if (status === 204 || answer === undefined || answer === "nothing") {
        assert.equal(text, "");
        return;
    }
    assert.ok(
        headers.get("content-type")?.startsWith(typeof answer === "string" ? answer : "application/json"),
        `the type is ${headers.get("content-type")}`,
    );
    if (typeof answer === "string") return;
    const parsed = answer.safeParse(JSON.parse(text));
    if (!parsed.success)
        assert.fail(`the answer is not what is declared: ${parsed.error.message}\n${text.slice(0, 2000)}`);
}

/**
 * Fails a test whose request was answered with anything that the table of routes does not declare: another status,
 * another problem, a field more or less.
 *
 * @param path from the root of the server, without its query
 */
export function checkAnswer(method: string, path: string, received: Received): void {
    const route = findRoute(method, path);
    if (route === undefined && !path.startsWith("/api/v1")) return;
    try {
        assert.match(received.headers.get("aperture-tx-id") ?? "", /^\d{12}\.\d{6}$/);
        if (method === "HEAD") assert.equal(received.text, "");
        else if (received.status >= 400) checkFailure(route, received);
        else if (route !== undefined) checkSuccess(route, received);
    } catch (error) {
        throw new Error(`${method} ${path} answered ${received.status}, and ${(error as Error).message}`, {
            cause: error,
        });
    }
}
