import { isWithin } from "section-model";

/** Names under which hosting and delivery services answer for the sites of others. */
const services: readonly (readonly [name: string, ...domains: string[]])[] = [
    ["Akamai", "akamai.net", "akamaiedge.net", "akamaihd.net", "akamaized.net", "edgekey.net", "edgesuite.net"],
    ["Amazon CloudFront", "cloudfront.net"],
    ["Amazon S3", "s3.amazonaws.com"],
    ["Amazon Web Services", "amazonaws.com", "awsglobalaccelerator.com", "elasticbeanstalk.com"],
    ["Azure", "azurewebsites.net", "cloudapp.net", "cloudapp.azure.com", "trafficmanager.net", "web.core.windows.net"],
    ["Azure CDN", "azureedge.net", "azurefd.net"],
    ["BigCommerce", "bigcommerce.com", "mybigcommerce.com"],
    ["Bunny", "b-cdn.net"],
    ["CDN77", "cdn77.org"],
    ["Cloudflare", "cdn.cloudflare.net", "pages.dev", "workers.dev"],
    ["Edgio", "edgecastcdn.net", "llnwd.net", "systemcdn.net"],
    ["Fastly", "fastly.net", "fastlylb.net"],
    ["Firebase", "firebaseapp.com", "web.app"],
    ["Fly.io", "fly.dev"],
    ["GitHub Pages", "github.io"],
    ["GitLab Pages", "gitlab.io"],
    ["Google", "ghs.googlehosted.com", "run.app", "appspot.com"],
    ["Heroku", "herokuapp.com", "herokudns.com"],
    ["HubSpot", "hubspot.net", "hs-sites.com"],
    ["Imperva", "impervadns.net", "incapdns.net"],
    ["KeyCDN", "kxcdn.com"],
    ["Kinsta", "kinsta.cloud", "kinsta.page"],
    ["Netlify", "netlify.app", "netlify.com", "netlifyglobalcdn.com"],
    ["Pantheon", "pantheonsite.io"],
    ["Render", "onrender.com"],
    ["Shopify", "myshopify.com", "shops.shopify.com"],
    ["Squarespace", "squarespace.com"],
    ["StackPath", "stackpathcdn.com", "stackpathdns.com"],
    ["Sucuri", "sucuridns.com"],
    ["Vercel", "vercel-dns.com", "vercel.app"],
    ["Webflow", "proxy-ssl.webflow.com", "webflow.io"],
    ["Wix", "wixdns.net", "wixsite.com"],
    ["WordPress.com", "wordpress.com", "wpcomstaging.com"],
    ["WP Engine", "wpengine.com", "wpenginepowered.com"],
];

/** The service that one of these names belongs to; the longest domain tells. Undefined: none that is known. */
export function findThirdParty(names: readonly string[]): string | undefined {
    const matches = services.flatMap(([service, ...domains]) =>
        domains
            .filter((domain) => names.some((name) => isWithin(name, domain)))
            .map((domain) => ({ service, length: domain.length })),
    );
    return matches.sort((one, other) => other.length - one.length)[0]?.service;
}
