import { Problem, type Proxy } from "section-model";

/** A starting point for an application. */
export interface Stack {
    name: string;
    label: string;
    type: "performance" | "security" | "other" | "metrics";
    description: string;
    proxychain: Proxy[];
}

const outdated = (version: string, caching: string) =>
    `Old Varnish version ${version} with ${caching} caching. Please use latest version for security updates.`;

type Line = [name: string, label: string, type: Stack["type"], description: string, image?: string];

const lines: Line[] = [
    [
        "varnish-6.3-basic",
        "Varnish v6.3 Basic",
        "performance",
        "Our recommended starting point for static and dynamic caching",
        "varnish:6.3.1",
    ],
    ["varnish-6.1-basic", "Varnish v6.1 Basic", "performance", outdated("6.1", "static"), "varnish:6.1.1"],
    ["varnish-6-basic", "Varnish v6 Basic", "performance", outdated("6.0", "static"), "varnish:6.0.0"],
    ["varnish-5.2-basic", "Varnish v5.2 Basic", "performance", outdated("5.2", "static and dynamic"), "varnish:5.2.1"],
    ["varnish-5.1-basic", "Varnish v5.1 Basic", "performance", outdated("5.1", "static and dynamic"), "varnish:5.1.3"],
    [
        "pagespeed-1.12.34.2",
        "Google's Pagespeed",
        "performance",
        "Google's Pagespeed for front end optimizations",
        "pagespeed:1.12.34.2",
    ],
    [
        "pagespeed-1.13.35.2",
        "Google's Pagespeed",
        "performance",
        "Google's Pagespeed for front end optimizations",
        "pagespeed:1.13.35.2",
    ],
    [
        "varnish-4.1-basic",
        "Varnish v4.1 Basic",
        "performance",
        "Varnish version 4.1 with static caching",
        "varnish:4.1.9",
    ],
    [
        "varnish-basic",
        "Varnish v4 Basic",
        "performance",
        "Varnish version 4.0 for static caching (deprecated)",
        "varnish:4.0.3",
    ],
    ["varnish-clean", "Varnish v4", "performance", "Clean Varnish version 4.0 (deprecated)", "varnish:4.0.3"],
    ["varnish3", "Varnish v3", "performance", "Varnish version 3.0 for Magento Turpentine (deprecated)", "varnish3"],
    [
        "varnish4magento2",
        "Varnish v4 (Magento 2.0.0)",
        "performance",
        "Varnish v4 for Magento 2 deployments (deprecated)",
        "varnish:4.0.3",
    ],
    [
        "modsecurity",
        "ModSecurity",
        "security",
        "A Web Application Firewall (Configured with OWASP ruleset)",
        "modsecurity:2.7.7",
    ],
    ["threatx", "Threat-X", "security", "An intelligent Web Application Firewall", "threatx:latest"],
    ["sigsci", "Signal Sciences", "security", "An intelligent Web Application Firewall", "sigsci:latest"],
    ["wallarm", "Wallarm", "security", "Advanced Cloud-Native WAF", "wallarm:2.18.1.1"],
    ["snapt", "Snapt", "security", "Intelligent Web Application Firewall", "snapt:latest"],
    ["sitespect", "SiteSpect", "other", "Performant server side A/B testing", "sitespect:latest"],
    [
        "pagespeed-1.11.33",
        "Nginx Pagespeed",
        "performance",
        "Nginx (v1.8.1) Pagespeed (v1.11.33) (Private)",
        "pagespeed:1.11.33",
    ],
    [
        "pagespeed-managed",
        "Nginx Pagespeed Managed",
        "performance",
        "Nginx (v1.8.1) Pagespeed (v1.11.33) (Private, for managed customers)",
        "pagespeed:1.11.33",
    ],
    [
        "kraken-1.2.0",
        "Kraken Image Optimization",
        "performance",
        "Image optimization with Kraken.io with config",
        "kraken:1.2.0",
    ],
    [
        "kraken-2.0.0",
        "Kraken Image Optimization",
        "performance",
        "Async Image optimization with Kraken.io with config",
        "kraken:2.0.0",
    ],
    [
        "optidash-1.0",
        "Optidash Image Optimization",
        "performance",
        "Async Image optimization with Optidash with config",
        "optidash:1.0",
    ],
    [
        "cloudinary-1.0.0",
        "Cloudinary Image Optimization",
        "performance",
        "Async Image optimization with Cloudinary",
        "cloudinary:1.0.0",
    ],
    [
        "radware-bot-manager-5.3.4",
        "Radware Bot Manager",
        "security",
        "Bot blocking with Radware",
        "radware-bot-manager:5.3.4",
    ],
    ["openresty", "OpenResty", "other", "nginx with Lua", "openresty:1.13.6.1"],
    ["shapesecurity", "Shape Security", "other", "Shape Security Module", "shapesecurity:latest"],
    ["nodejs-1.0.0", "NodeJS", "other", "NodeJS application sitting behind Nginx", "nodejs:10.11.0"],
    ["nodejs-basic", "NodeJS Basic", "other", "NodeJS application sitting behind Nginx", "nodejs:14.10.0"],
    [
        "templarbit_shield-5.0.12",
        "Templarbit Shield",
        "security",
        "WAF module with Templarbit",
        "templarbit-shield:latest",
    ],
    [
        "virtualwaitingroom-1.0.0",
        "Virtual Waiting Room",
        "performance",
        "Section virtual waiting room",
        "virtualwaitingroom:1.0.0",
    ],
    ["empty", "Monitoring package", "metrics", "Monitor my site before selecting a proxy"],
];

/** The family of an image: `varnish:6.3.1` and `varnish3` are `varnish`. */
export function familyOf(image: string): string {
    const [template = ""] = image.split(":");
    return template.startsWith("varnish") ? "varnish" : template;
}

function proxyNameOf(image: string): string {
    return familyOf(image).replaceAll(/[^0-9A-Za-z]/g, "");
}

/** Every stack, in the order of the catalogue. */
export const stacks: readonly Stack[] = lines.map(([name, label, type, description, image]) => ({
    name,
    label,
    type,
    description,
    proxychain: image === undefined ? [] : [{ name: proxyNameOf(image), image }],
}));

/** The stack that v1 clients get when they name none. */
export const defaultStackName = "varnish-5.1-basic";

/** Names that old clients send for a stack of another name. */
const aliases: Record<string, string> = { varnish: "varnish-6.3-basic" };

export function findStack(name: string): Stack | undefined {
    const canonical = Object.hasOwn(aliases, name) ? aliases[name] : name;
    return stacks.find((stack) => stack.name === canonical);
}

/** A stack, or `unknown-stack`, whatever a client has sent for its name. */
export function requireStack(name: string): Stack {
    const stack = findStack(name);
    if (stack !== undefined) return stack;
    const shown = /^[\w.-]{1,64}$/.test(name) ? name : JSON.stringify(name.slice(0, 64));
    throw new Problem("unknown-stack", `there is no stack ${shown}`);
}
