package main

import (
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"pulumi-section.example/pulumi-section/sdk/go/section"
)

func main() {
	pulumi.Run(func(ctx *pulumi.Context) error {
		acme, err := section.NewOrganization(ctx, "acme", &section.OrganizationArgs{
			Name: pulumi.String("Acme"),
		})
		if err != nil {
			return err
		}
		acmeWww, err := section.NewClientSite(ctx, "acme-www", &section.ClientSiteArgs{
			Organization: acme.ID(),
			Hostname:     "www.acme.example",
			Origin:       pulumi.Any("origin.acme.example"),
		})
		if err != nil {
			return err
		}
		ctx.Export("recordsToSet", acmeWww.DnsLines)
		return nil
	})
}
