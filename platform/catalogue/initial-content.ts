import { formatSectionConfig, type Proxy, productionName } from "section-model";
import { templateOf } from "./proxy-templates";

const errorPage = `<!doctype html>
<html lang="en">
    <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>Whoops, something went wrong</title>
        <style>
            body { margin: 15vh auto; max-width: 40rem; padding: 0 1rem; font: 1.1rem/1.6 sans-serif; color: #333; }
        </style>
    </head>
    <body>
        <h1>Whoops, something went wrong</h1>
        <p>The page cannot be shown right now. Please try again in a moment.</p>
    </body>
</html>
`;

/** The message of the commit that every repository begins with. */
export const initialMessage = "initial section.config.json";

/** The files of a proxy chain below the root of a repository. */
export function filesOfChain(proxychain: readonly Proxy[]): Map<string, Buffer> {
    return new Map(
        proxychain.flatMap(({ name, image }) =>
            Object.entries(templateOf(image).files).map(
                ([path, text]) => [`${name}/${path}`, Buffer.from(text, "utf8")] as const,
            ),
        ),
    );
}

/** Everything in the first commit of an application. */
export function initialContent(origin: string, proxychain: readonly Proxy[]): Map<string, Buffer> {
    const config = {
        proxychain: [...proxychain],
        environments: {
            [productionName]: { origin: { address: origin } },
            Development: { origin: { address: origin } },
        },
    };
    return new Map([
        [".gitignore", Buffer.from("local.config.json")],
        ["custom_errors/500.html.sample", Buffer.from(errorPage)],
        [
            "local.config.json.sample",
            Buffer.from(JSON.stringify({ edge: { host_headers: ["dev.example.com"] } }, undefined, 2)),
        ],
        ["section.config.json", Buffer.from(formatSectionConfig(config))],
        ...filesOfChain(proxychain),
    ]);
}
