import pulumi
import pulumi_section as section

acme = section.Organization("acme", name="Acme")
acme_www = section.Application("acme-www",
    organization=acme.id,
    hostname="www.acme.example",
    origin="origin.acme.example")
acme_staging = section.Environment("acme-staging",
    application=acme_www.id,
    name="Staging",
    hostname="staging.acme.example")
pulumi.export("commit", acme_staging.head)
