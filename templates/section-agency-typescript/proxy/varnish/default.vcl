vcl 4.0;

backend default {
    .host = "next-hop";
    .port = "80";
}

include "section-features.vcl";

sub vcl_deliver {
    set resp.http.x-stage = "{{stage}}";
}

sub vcl_backend_response {
    set beresp.ttl = 5m;
}
