// torch has one default generator for the whole process: tests that seed it and tests that draw from it must not run at once.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
