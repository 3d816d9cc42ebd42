import pulumi
import pulumi_section as section

acme = section.Organization("acme", name="Acme")
acme_team = section.Team("acme-team",
    organization=acme.id,
    members={
        "ada@agency.example": section.Role.ADMIN,
    })
pulumi.export("stillInvited", acme_team.pending)
