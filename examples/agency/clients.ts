/** What the agency knows of its clients. A real one would keep this in a file that account managers edit. */
export interface Site {
    hostname: string;
    origin: string;
    /** Seconds that pages may be cached. */
    ttl: string;
    /** The origin of staging; without one the site has Production only. */
    staging?: string;
    /** Further hostnames of production. */
    aliases?: string[];
    /** Goes live on staging first: Production keeps the platform's own configuration until then. */
    stagingFirst?: boolean;
}

export interface Client {
    name: string;
    /** E-mail -> role. */
    people: Record<string, "admin" | "restrictions-editor" | "state" | "readonly">;
    sites: Site[];
}

export const clients: Client[] = [
    {
        name: "Acme Outdoor",
        people: { "ada@agency.example": "admin", "olaf@acme.example": "readonly" },
        sites: [
            {
                hostname: "www.acme.example",
                origin: "origin.acme.example",
                staging: "staging-origin.acme.example",
                ttl: "6h",
                aliases: ["acme.example"],
            },
            {
                hostname: "shop.acme.example",
                origin: "shop-origin.acme.example",
                staging: "shop-staging.acme.example",
                ttl: "60s",
            },
            { hostname: "blog.acme.example", origin: "blog-origin.acme.example", ttl: "1d" },
        ],
    },
    {
        name: "Bakery Lindqvist",
        people: { "bo@agency.example": "admin", "karin@lindqvist.example": "restrictions-editor" },
        sites: [
            {
                hostname: "www.lindqvist.example",
                origin: "192.0.2.40",
                staging: "192.0.2.41",
                ttl: "2h",
                aliases: ["lindqvist.example"],
            },
            { hostname: "order.lindqvist.example", origin: "192.0.2.42", staging: "192.0.2.43", ttl: "30s" },
        ],
    },
    {
        name: "City Museum",
        people: { "ada@agency.example": "admin", "press@museum.example": "state" },
        sites: [
            {
                hostname: "www.museum.example",
                origin: "origin.museum.example",
                staging: "staging-origin.museum.example",
                ttl: "12h",
                aliases: ["museum.example"],
            },
            {
                hostname: "tickets.museum.example",
                origin: "tickets-origin.museum.example",
                staging: "tickets-staging.museum.example",
                ttl: "15s",
            },
            { hostname: "archive.museum.example", origin: "archive-origin.museum.example", ttl: "7d" },
        ],
    },
    {
        name: "Delta Freight",
        people: { "bo@agency.example": "admin", "it@delta.example": "readonly" },
        sites: [
            {
                hostname: "www.delta.example",
                origin: "origin.delta.example",
                staging: "staging-origin.delta.example",
                ttl: "1h",
                stagingFirst: true,
            },
            {
                hostname: "track.delta.example",
                origin: "track-origin.delta.example",
                staging: "track-staging.delta.example",
                ttl: "5s",
            },
        ],
    },
];
