import pulumi
import pulumi_section as section

acme = section.Organization("acme", name="Acme")
acme_www = section.ClientSite("acme-www",
    organization=acme.id,
    hostname="www.acme.example",
    origin="origin.acme.example")
pulumi.export("recordsToSet", acme_www.dns_lines)
