import pulumi
import pulumi_section as section

acme = section.Organization("acme", name="Acme")
acme_www = section.Application("acme-www",
    organization=acme.id,
    hostname="www.acme.example",
    origin="origin.acme.example")
pulumi.export("recordToSet", acme_www.dns.line)
