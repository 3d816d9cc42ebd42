import { familyOf } from "./stacks";
import { modsecurity } from "./templates/modsecurity";
import { consistenthash, nodejs, openresty, pagespeed } from "./templates/nginx";
import type { ProxyTemplate } from "./templates/proxy-template";
import {
    kraken,
    optidash,
    radware,
    sigsci,
    templarbit,
    threatx,
    virtualwaitingroom,
    wallarm,
} from "./templates/service";
import { varnish, varnish3 } from "./templates/varnish";

const templates = new Map<string, ProxyTemplate>(
    Object.entries({
        varnish,
        modsecurity,
        pagespeed,
        openresty,
        consistenthash,
        nodejs,
        optidash,
        kraken,
        wallarm,
        sigsci,
        threatx,
        "radware-bot-manager": radware,
        shieldsquare: radware,
        "templarbit-shield": templarbit,
        virtualwaitingroom,
    }),
);

/** True for images of Varnish 3, whose VCL is another language. */
export function speaksVcl3(image: string): boolean {
    return image.startsWith("varnish3");
}

/** The template of a proxy of an image. An image whose files nobody published starts with a note. */
export function templateOf(image: string): ProxyTemplate {
    if (speaksVcl3(image)) return varnish3;
    const family = familyOf(image);
    return (
        templates.get(family) ?? {
            label: family,
            description: `Proxy of the ${family} family`,
            files: { "README.md": `Configuration of the ${family} proxy. Its maker says which files it reads.\n` },
        }
    );
}
