import { stacks } from "./stacks";

const further = [
    "varnish",
    "varnish3",
    "varnish305vmods",
    "varnish3magento",
    "varnish-4.0.3",
    "varnish:4.0.3",
    "varnish:4.1.5",
    "varnish:4.1.9",
    "varnish:5.1.3",
    "varnish:5.2.0",
    "varnish:5.2.1",
    "varnish:6.0.0",
    "varnish:6.1.0",
    "varnish:6.1.1",
    "varnish:6.3.1",
    "varnish:7.0.2",
    "modsecurity",
    "modsecurity:2.7.7",
    "nodejs:10.11.0",
    "nodejs:14.10.0",
    "kraken:2.1.0",
    "shieldsquare:0.0.1",
    "shieldsquare:1.0.0",
    "consistenthash:1.0.0",
    "example-full:1.0.0",
    "example-simple:1.0.0",
];

/** Every image that a proxy chain may name. */
export const images: readonly string[] = [
    ...new Set([...further, ...stacks.flatMap(({ proxychain }) => proxychain.map(({ image }) => image))]),
].sort();

const known = new Set(images);

export function imageExists(image: string): boolean {
    return known.has(image);
}
