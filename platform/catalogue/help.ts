/** A topic, as v1's help answers it. The content is Markdown. */
export interface HelpTopic {
    title: string;
    content: string;
}

const topics = new Map<string, HelpTopic>(
    Object.entries({
        dns: {
            title: "Going live with DNS",
            content:
                "A hostname is live when its DNS leads to the platform. Every hostname has a target: its own name below the platform's edge domain; `GET …/environment/{name}` shows it as `cname`. Set a CNAME record to it. At the top of a zone, where a CNAME is not allowed, use ALIAS or ANAME. Remove AAAA records: the platform answers on IPv4. `GET /account/{id}/domain/{host}/verifyEngaged` asks the DNS now.",
        },
        https: {
            title: "Certificates",
            content:
                "Until its DNS leads to the platform, a hostname is served with the platform's own certificate. Once it is live, it gets one of its own by itself where the platform has an ACME authority, renewed before it ends. `POST /account/{id}/domain/{host}/https` takes yours instead, as PEM: the hostname's first, then the intermediate ones in order, with a key that has no passphrase. `POST …/renewCertificate` asks for a new one now.",
        },
        origin: {
            title: "Origins",
            content:
                "The origin is the server behind the last proxy. It stands in `section.config.json` as `environments.NAME.origin`, with `address` and, where needed, `host_header`, `http_port`, `https_port`, `enable_sni` and timeouts. Further origins stand in `alternate_origins`; the request header `section-origin` chooses one. `POST …/environment/{name}/egress` writes them as one commit.",
        },
        environments: {
            title: "Environments",
            content:
                "An environment is a branch of the application's repository with the same name. Production always exists. A new environment is a copy of another one, with a hostname of its own; merging its branch into Production is how a change goes live. Only the block of `section.config.json` that is named like the branch counts.",
        },
        git: {
            title: "The repository",
            content:
                "Clone it over HTTPS with any user name and an API token as the password. The folder named like a proxy holds that proxy's configuration. A push is validated for every proxy in order and refused with the reasons; an accepted push to an environment's branch is deployed. Symbolic links and submodules are refused.",
        },
        proxies: {
            title: "Proxies",
            content:
                "`proxychain` in `section.config.json` lists the proxies that requests pass, in order. A proxy has a name of 1 to 32 letters and digits, which is its folder, and an image of `GET /proxytemplate`. `GET /proxytemplate/initialstate?proxyTemplateName=` is what its folder starts from.",
        },
        cache: {
            title: "Clearing the cache",
            content:
                "`POST …/proxy/{name}/state?banExpression=` bans what a Varnish expression matches, such as `req.url ~ ^/news/`. Without an expression everything is banned.",
        },
        outage: {
            title: "Outage pages",
            content:
                "HTML files in the folder `outage_pages/` of a branch can be shown instead of the site: `POST …/environment/{name}/outagepage?pageName=` engages one of them, `DELETE` ends it. Which one is engaged does not stand in the repository.",
        },
    }),
);

/** The topic of an id, if there is one. */
export function findHelp(helpId: string): HelpTopic | undefined {
    return topics.get(helpId);
}
