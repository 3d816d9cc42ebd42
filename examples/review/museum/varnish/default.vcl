vcl 4.0;

backend default {
    .host = "next-hop";
    .port = "80";
}

# tickets sell out: nobody may see an old page
sub vcl_backend_response {
    set beresp.ttl = {{ttl}};
    set beresp.grace = 10s;
}
