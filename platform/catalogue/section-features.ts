import { measureJson } from "section-model";
import { speaksVcl3 } from "./proxy-templates";
import { familyOf } from "./stacks";

/** The file of a proxy whose keys switch features on. */
export const featuresFile = "proxy-features.json";

const staticFile =
    "(?i)^[^?]*\\.(css|js|mjs|png|jpe?g|gif|svg|webp|avif|ico|woff2?|ttf|otf|eot|mp3|mp4|webm|pdf)(\\?.*)?$";
const duration = /^\d{1,9}(\.\d{1,3})?(ms|s|m|h|d|w|y)$/;
const parameter = /^(parameter|feature)\/([a-z0-9_]{1,64})$/;

/** The rules for static files: their cookies are ignored, and they are cached for a time. */
function cacheStatics(ttl: string, isVcl3: boolean): string[] {
    const [answered, url] = isVcl3 ? ["vcl_fetch", "req.url"] : ["vcl_backend_response", "bereq.url"];
    return [
        "sub vcl_recv {",
        `    if (req.url ~ "${staticFile}") {`,
        "        unset req.http.Cookie;",
        "    }",
        "}",
        "",
        `sub ${answered} {`,
        `    if (beresp.status == 200 && ${url} ~ "${staticFile}") {`,
        `        set beresp.ttl = ${ttl};`,
        "    }",
        "}",
    ];
}

/** A hundred times as many as there are. */
const mostFeatures = 10_000;

function readFeatures(text: string): [string, unknown][] {
    if (measureJson(text).values > mostFeatures) return [];
    try {
        const features: unknown = JSON.parse(text);
        return typeof features === "object" && features !== null && !Array.isArray(features)
            ? Object.entries(features)
            : [];
    } catch {
        return [];
    }
}

/**
 * `section-features.vcl`, which `default.vcl` includes: made from a proxy's features, stored nowhere. Keys that nothing
 * here knows are left out, and so are values that would be no VCL. Undefined for proxies that speak no VCL.
 */
export function generateFeatures(image: string, text: string): string | undefined {
    if (familyOf(image) !== "varnish") return undefined;
    const lines = [`# Generated from ${featuresFile}: change that file instead.`];
    for (const [key, value] of readFeatures(text)) {
        const [, kind, name] = parameter.exec(key) ?? [];
        if (kind !== undefined && (typeof value === "number" || typeof value === "boolean"))
            lines.push(`# varnishd is started with ${kind} ${name} = ${value}`);
        if (key === "statics-enable-caching" && typeof value === "string" && duration.test(value))
            lines.push("", ...cacheStatics(value, speaksVcl3(image)));
    }
    return `${lines.join("\n")}\n`;
}
