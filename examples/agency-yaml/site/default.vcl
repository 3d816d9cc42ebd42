vcl 4.0;

# the agency's own site: pages live an hour
backend default {
    .host = "next-hop";
    .port = "80";
}

sub vcl_backend_response {
    set beresp.ttl = 1h;
}

include "section-features.vcl";
