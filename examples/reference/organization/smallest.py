import pulumi
import pulumi_section as section

acme = section.Organization("acme", name="Acme")
pulumi.export("id", acme.id)
