import { payloadFile } from "section-model/content";
import type { ProxyTemplate } from "./proxy-template";

export const pagespeed: ProxyTemplate = {
    label: "Google's PageSpeed",
    description: "Rewrites pages so that they load faster",
    mainFile: "server.conf",
    files: {
        "server.conf": "pagespeed On;\n\npagespeed RewriteLevel CoreFilters;\n",
        "http.conf": "# settings of the whole proxy, outside of any server\n",
    },
};

export const openresty: ProxyTemplate = {
    label: "OpenResty",
    description: "nginx with Lua",
    mainFile: "server.conf",
    files: {
        "server.conf": 'location / {\n    proxy_http_version 1.1;\n    proxy_pass "http://next_hop_upstream";\n}\n',
        "init.lua": 'gz = require("sectionio.gzip")\n',
        "init_worker.lua": "-- runs once in every worker\n",
        "lua_shared_dict.conf": "# lua_shared_dict counters 1m;\n",
    },
};

export const consistenthash: ProxyTemplate = {
    label: "Consistent Hash",
    description: "Sends requests that are alike to the same server",
    mainFile: "server.conf",
    files: {
        "server.conf": `location / {
    # alike by address: consistenthash_uri_next_hop_upstream
    # alike by visitor: consistenthash_client_ip_next_hop_upstream
    # not spread at all: next_hop_upstream
    proxy_pass http://consistenthash_uri_next_hop_upstream;
}
`,
    },
};

const nodeServer = `location / {
    include /etc/nginx/section.module/node.conf;
}

location ~ "/next-proxy-hop/" {
    proxy_pass http://next-hop;
}
`;

const nodePackage = { name: "application", version: "1.0.0", private: true, scripts: { start: "node server.js" } };
const nodeLock = {
    name: "application",
    version: "1.0.0",
    lockfileVersion: 3,
    requires: true,
    packages: { "": { name: "application", version: "1.0.0" } },
};

const nodeProgram = `const { createServer } = require("node:http");
const { env } = require("node:process");

createServer((request, response) => {
    response.setHeader("content-type", "text/plain");
    response.end("Hello from " + request.headers.host + "\\n");
}).listen(env.PORT);
`;

/** Names no upload yet. Tools that deploy an upload change this file, and fail where there is none. */
const noPayload = JSON.stringify({ section_payload_id: "" }, undefined, "\t");

export const nodejs: ProxyTemplate = {
    label: "Node.js",
    description: "Runs an application behind nginx",
    mainFile: "server.conf",
    files: {
        "server.conf": nodeServer,
        "package.json": JSON.stringify(nodePackage, undefined, 4),
        "package-lock.json": JSON.stringify(nodeLock, undefined, 4),
        "server.js": nodeProgram,
        ".gitignore": "node_modules\n",
        [payloadFile]: noPayload,
    },
};
