import assert from "node:assert/strict";
import { confineVcl } from "../../../platform/varnish/confine-vcl";

describe("a program that is compiled", () => {
    it("names no host that a compiler would look up, and keeps its lines and columns", () => {
        const text = [
            'vcl 4.0; # .host = "a.example"',
            'backend a { .host = "next-hop.example.internal"; .port = "80"; }',
            'acl b { "localhost.example"; "10.0.0.0"/8; ! "::1"; }',
            'sub vcl_recv { set req.http.host = "www.acme.example"; }',
            'include "./parts/a.vcl"; include "/etc/passwd";',
        ].join("\n");
        assert.equal(
            confineVcl(text, (name) => name === "parts/a.vcl"),
            [
                'vcl 4.0; # .host = "a.example"',
                'backend a { .host = "127.0.0.1"                ; .port = "80"; }',
                'acl b { "127.0.0.1"        ; "10.0.0.0"/8; ! "::1"; }',
                'sub vcl_recv { set req.http.host = "www.acme.example"; }',
                'include "parts~a.vcl"  ; include "/etc/passwd";',
            ].join("\n"),
        );
    });
});
