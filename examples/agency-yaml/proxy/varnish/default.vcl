vcl 4.0;

# {{hostname}} ({{environment}}): shared by every site of the agency; what differs is filled in
import std;

backend default {
    .host = "next-hop";
    .port = "80";
    .first_byte_timeout = 125s;
    .between_bytes_timeout = 125s;
}

sub vcl_recv {
    # one spelling of a host is one entry of the cache
    set req.http.Host = std.tolower(regsub(req.http.Host, ":[0-9]+$", ""));
    if (req.method != "GET" && req.method != "HEAD") {
        return (pass);
    }
    if (req.http.Authorization || req.url ~ "^/(admin|cart|checkout|account)(/|$)") {
        return (pass);
    }
    # campaigns must not fill the cache with copies of one page
    set req.url = regsuball(req.url, "(utm_[a-z]+|gclid|fbclid)=[^&]*&?", "");
    set req.url = regsub(req.url, "[?&]$", "");
    if (req.url ~ "\.(css|js|png|jpe?g|gif|svg|webp|woff2?)(\?|$)") {
        unset req.http.Cookie;
    }
}

sub vcl_backend_response {
    set beresp.grace = 1h;
    if (bereq.url ~ "\.(css|js|png|jpe?g|gif|svg|webp|woff2?)(\?|$)") {
        unset beresp.http.Set-Cookie;
        set beresp.ttl = 1d;
    } elsif (beresp.status == 200 && !beresp.http.Set-Cookie) {
        set beresp.ttl = {{ttl}};
    }
}

sub vcl_hash {
    hash_data(req.http.X-Forwarded-Proto);
}

sub vcl_deliver {
    set resp.http.section-io-cache = "Miss";
    if (obj.hits > 0) {
        set resp.http.section-io-cache = "Hit";
    }
    set resp.http.X-Stage = "{{environment}}";
}

include "section-features.vcl";
