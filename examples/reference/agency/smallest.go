package main

import (
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"pulumi-section.example/pulumi-section/sdk/go/section"
)

func main() {
	pulumi.Run(func(ctx *pulumi.Context) error {
		agency, err := section.NewAgency(ctx, "agency", &section.AgencyArgs{
			Clients: []section.ClientArgs{
				{
					Name: "Acme",
					Sites: []section.SiteArgs{
						{
							Hostname: "www.acme.example",
							Origin:   pulumi.Any("origin.acme.example"),
						},
					},
				},
			},
		})
		if err != nil {
			return err
		}
		ctx.Export("recordsToSet", agency.DnsLines)
		return nil
	})
}
