import { familyOf } from "./stacks";

const vcl = `# What this site does with requests and answers. Section passes them here behind the edge.
vcl 4.0;

import std;

backend default {
    # the next proxy of the chain, or the origin behind the last one
    .host = "next-hop";
    .port = "80";
    .first_byte_timeout = 125s;
    .between_bytes_timeout = 125s;
}

sub vcl_recv {
    # methods that Varnish does not know are handed through untouched
    if (req.method !~ "^(GET|HEAD|PUT|POST|TRACE|OPTIONS|DELETE|PATCH)$") {
        return (pipe);
    }
    # only reading can be answered from the cache
    if (req.method != "GET" && req.method != "HEAD") {
        return (pass);
    }
    # answers for one person must not reach another
    if (req.http.Authorization) {
        return (pass);
    }
}

sub vcl_backend_response {
    # a short grace keeps visitors served while an answer is renewed
    set beresp.grace = 30s;
    if (beresp.http.Set-Cookie) {
        set beresp.uncacheable = true;
        return (deliver);
    }
}

sub vcl_hash {
    # http and https are different answers: one of them may be a redirect
    hash_data(req.http.X-Forwarded-Proto);
}

sub vcl_deliver {
    if (obj.hits > 0) {
        set resp.http.section-io-cache = "Hit";
    } else {
        set resp.http.section-io-cache = "Miss";
    }
}

include "section-features.vcl";
`;

const features = JSON.stringify({ "parameter/http_max_hdr": 128, "parameter/pipe_timeout": 125, "statics-enable-caching": "6h" }, undefined, 4);

const nodeServer = `location / {
    include /etc/nginx/section.module/node.conf;
}

location ~ "/next-proxy-hop/" {
    proxy_pass http://next-hop;
}
`;

/** The files a proxy starts with, by the family of its image; paths are inside the proxy's folder. */
const filesByFamily: Record<string, Record<string, string>> = {
    varnish: { "default.vcl": vcl, "proxy-features.json": features },
    modsecurity: { "modsecurity.conf": "# Report what the rules find, block nothing yet.\nSecRuleEngine DetectionOnly\nSecRequestBodyAccess On\n" },
    pagespeed: { "server.conf": "pagespeed On;\n", "http.conf": "# settings for the whole proxy\n" },
    openresty: {
        "server.conf": 'location / {\n    proxy_http_version 1.1;\n    proxy_pass "http://next_hop_upstream";\n}\n',
        "init.lua": 'gz = require("sectionio.gzip")\n',
        "init_worker.lua": "-- runs once in every worker\n",
        "lua_shared_dict.conf": "# lua_shared_dict counters 1m;\n",
    },
    nodejs: { "server.conf": nodeServer, ".gitignore": "node_modules\n" },
    consistenthash: { "server.conf": "location / {\n    proxy_pass http://consistenthash_uri_next_hop_upstream;\n}\n" },
    kraken: { "kraken.json": '{\n    "enabled": false\n}\n' },
    optidash: { "optidash.json": '{\n    "enabled": false\n}\n' },
    virtualwaitingroom: {
        "virtualwaitingroom.json": '{\n    "enabled": false\n}\n',
        "waiting-room.html": "<!doctype html>\n<title>Please wait</title>\n<p>You are in line. This page renews itself.</p>\n",
    },
};

/** The files of a new proxy, by path inside its folder. A family without files of its own gets a note, as a folder cannot be empty. */
export function defaultFilesOf(image: string): Record<string, string> {
    const family = familyOf(image);
    return filesByFamily[family] ?? { "README.md": `Configuration of the ${family} proxy.\n` };
}
