vcl 4.0;

# {{client}}: {{hostname}} ({{environment}})
backend default {
    .host = "next-hop";
    .port = "80";
}

sub vcl_backend_response {
    if (beresp.status == 200 && !beresp.http.Set-Cookie) {
        set beresp.ttl = {{ttl}};
    }
}

include "section-features.vcl";
