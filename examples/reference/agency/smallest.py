import pulumi
import pulumi_section as section

agency = section.Agency("agency", clients=[{
    "name": "Acme",
    "sites": [{
        "hostname": "www.acme.example",
        "origin": "origin.acme.example",
    }],
}])
pulumi.export("recordsToSet", agency.dns_lines)
