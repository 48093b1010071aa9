// A session owns the console and the formatters, a run the current directory: one test at a time.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
