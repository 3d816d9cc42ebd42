import type { ProxyTemplate } from "./proxy-template";

// Modules that talk to somebody's service: the id of the site there has to be filled in.

const write = (document: unknown) => JSON.stringify(document, undefined, 4);

const imageService = {
    api_key: "YOUR_API_KEY",
    lossless: false,
    enabled: false,
    ttl: 86_400,
    cache_version: 1,
    s3: { key: "YOUR_S3_KEY", secret: "YOUR_S3_SECRET", region: "YOUR_S3_REGION", bucket: "YOUR_S3_BUCKET" },
};

export const optidash: ProxyTemplate = {
    label: "Optidash",
    description: "Makes images smaller",
    mainFile: "optidash.json",
    files: { "optidash.json": write(imageService) },
};

export const kraken: ProxyTemplate = {
    label: "Kraken",
    description: "Makes images smaller",
    mainFile: "kraken.json",
    files: { "kraken.json": write(imageService) },
};

export const wallarm: ProxyTemplate = {
    label: "Wallarm",
    description: "A web application firewall",
    mainFile: "server.conf",
    files: {
        "server.conf": "# off, monitoring or block\nwallarm_mode monitoring;\n",
        "geo.conf": "# addresses that are never looked at, one a line: ADDRESS off;\n",
        "wallarm.json": write({
            api_user: "YOUR_API_USER",
            api_secret: "YOUR_API_SECRET",
            api_host: "api.wallarm.com",
        }),
    },
};

export const sigsci: ProxyTemplate = {
    label: "Signal Sciences",
    description: "A web application firewall",
    files: {
        "proxy-features.json": write({
            environment_variables: ["SIGSCI_ACCESSKEYID=YOUR_KEY_ID", "SIGSCI_SECRETACCESSKEY=YOUR_SECRET_KEY"],
        }),
    },
};

export const threatx: ProxyTemplate = {
    label: "Threat-X",
    description: "A web application firewall",
    files: {
        "proxy-features.json": write({
            environment_variables: ["CUSTOMER=YOUR_CUSTOMER_NAME", "API_KEY=YOUR_API_KEY"],
        }),
    },
};

export const radware: ProxyTemplate = {
    label: "Radware Bot Manager",
    description: "Blocks bots",
    mainFile: "shieldsquare.json",
    files: { "shieldsquare.json": write({ key: "YOUR_SUBSCRIBER_ID", deployment_number: "1", mode: "Monitor" }) },
};

export const templarbit: ProxyTemplate = {
    label: "Templarbit Shield",
    description: "A web application firewall",
    mainFile: "templarbit-agent.json",
    files: {
        "templarbit-agent.json": write({
            property_id: "YOUR_PROPERTY_ID",
            secret_key: "YOUR_SECRET_KEY",
            enabled: false,
        }),
    },
};

const waitingRoom = `<!doctype html>
<html lang="en">
    <head>
        <meta charset="utf-8">
        <meta http-equiv="refresh" content="30">
        <title>Please wait</title>
    </head>
    <body>
        <h1>You are in line</h1>
        <p>Many people visit at the moment. This page renews itself and lets you in as soon as there is room.</p>
    </body>
</html>
`;

export const virtualwaitingroom: ProxyTemplate = {
    label: "Virtual Waiting Room",
    description: "Lets in as many visitors as a site can serve",
    mainFile: "virtualwaitingroom.json",
    files: {
        "virtualwaitingroom.json": write({
            api_key: "YOUR_API_KEY",
            threshold: 1000,
            enabled: false,
            section_visitors_version: 1,
            hostname: "YOUR_FIRST_HOSTNAME",
        }),
        "waiting-room.html": waitingRoom,
    },
};
