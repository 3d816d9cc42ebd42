import { describeApi } from "../../platform/http/describe-api";
import { addressOf, apiRoot } from "../../platform/http/route";
import { allRoutes } from "../../platform/http/routes";

/** A route as the description of the API tells it. */
export interface Specified {
    method: string;
    /** From the root of the server, with `:name` for parameters. */
    path: string;
    bodyFields: string[];
    queryNames: string[];
}

// biome-ignore lint/suspicious/noExplicitAny: as the description is
type Described = any;

/** Every route with the names of its parameters. */
export function describedRoutes(): Specified[] {
    const { paths, definitions } = describeApi(allRoutes, {
        extensions: true,
        publicUrl: "http://platform.example",
        edgeDomain: "c.section.io",
    }) as Described;
    return allRoutes.map((route) => {
        const operation =
            (route.root ?? apiRoot) === apiRoot
                ? paths[route.path.replaceAll(/:(\w+)/g, "{$1}")][route.method.toLowerCase()]
                : undefined;
        const parameters: Described[] = operation?.parameters ?? [];
        const body = parameters
            .find((each) => each.in === "body")
            ?.schema?.$ref?.split("/")
            .at(-1);
        return {
            method: route.method,
            path: addressOf(route),
            bodyFields: Object.keys(definitions[body]?.properties ?? { email: 1, password: 1, token: 1 }),
            queryNames: parameters.filter((each) => each.in === "query").map(({ name }) => name),
        };
    });
}
