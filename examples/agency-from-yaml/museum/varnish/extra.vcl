# lies over the file of the same path in ../proxy
sub vcl_recv {
    if (req.url ~ "^/tickets") {
        return (pass);
    }
}
