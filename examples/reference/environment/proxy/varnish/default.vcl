vcl 4.0;

backend default {
    .host = "next-hop";
    .port = "80";
}

sub vcl_backend_response {
    set beresp.ttl = {{ttl}};
}

include "section-features.vcl";
