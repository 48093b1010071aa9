// A notebook runs in its own folder, and the current folder belongs to the whole process: one at a time.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
