module section.test/go-rest

go 1.21
