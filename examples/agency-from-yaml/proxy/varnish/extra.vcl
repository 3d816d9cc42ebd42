# nothing beside what all sites have
