import pulumi
import pulumi_section as section

acme = section.Organization("acme", name="Acme")
acme_www = section.Application("acme-www",
    organization=acme.id,
    hostname="www.acme.example",
    origin="origin.acme.example")
acme_shop = section.Domain("acme-shop",
    environment=acme_www.production,
    hostname="shop.acme.example")
pulumi.export("recordToSet", acme_shop.dns.line)
