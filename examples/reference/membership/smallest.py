import pulumi
import pulumi_section as section

acme = section.Organization("acme", name="Acme")
acme_jane = section.Membership("acme-jane",
    organization=acme.id,
    email="jane@agency.example",
    role=section.Role.ADMIN)
pulumi.export("janeHasAccepted", acme_jane.status)
