import type { ProxyTemplate } from "./proxy-template";

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

const vcl3 = `# What this site does with requests and answers, in the language of Varnish 3.
import std;

backend default {
    # the next proxy of the chain, or the origin behind the last one
    .host = "next-hop";
    .port = "80";
    .first_byte_timeout = 125s;
    .between_bytes_timeout = 125s;
}

sub vcl_recv {
    if (req.request !~ "^(GET|HEAD|PUT|POST|TRACE|OPTIONS|DELETE|PATCH)$") {
        return (pipe);
    }
    if (req.request != "GET" && req.request != "HEAD") {
        return (pass);
    }
    if (req.http.Authorization) {
        return (pass);
    }
}

sub vcl_fetch {
    set beresp.grace = 30s;
    if (beresp.http.Set-Cookie) {
        return (hit_for_pass);
    }
}

sub vcl_hash {
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

const features = JSON.stringify(
    { "parameter/http_max_hdr": 128, "parameter/pipe_timeout": 125, "statics-enable-caching": "6h" },
    undefined,
    4,
);

export const varnish: ProxyTemplate = {
    label: "Varnish Cache",
    description: "Caches answers by rules in VCL",
    mainFile: "default.vcl",
    files: { "default.vcl": vcl, "proxy-features.json": features },
};

export const varnish3: ProxyTemplate = {
    ...varnish,
    description: "Caches answers by rules in VCL 3, as Magento's Turpentine writes them",
    files: {
        "default.vcl": vcl3,
        "proxy-features.json": JSON.stringify(
            { "feature/esi_disable_xml_check": true, "statics-enable-caching": "6h" },
            undefined,
            4,
        ),
    },
};
