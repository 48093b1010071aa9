using System.Diagnostics;
using System.Globalization;
using CovidNotebooks.Audit;
using CovidNotebooks.Data;
using Tests.Data;
using Tests.Shared;
using Tests.Training;
using Xunit.Abstractions;
using static TorchSharp.torch;

namespace Tests.Audit;

/// <summary>Counts what the whole process opens and holds, so nothing else may run meanwhile.</summary>
[Collection(SharedGenerator.Name)]
public class ScanScaleTests(ITestOutputHelper output)
{
    private static double Seconds(Action work)
    {
        var started = TimeProvider.System.GetTimestamp();
        work();
        return TimeProvider.System.GetElapsedTime(started).TotalSeconds;
    }

    [LongFact]
    public void More_files_are_opened_once_each_and_leave_no_tensor()
    {
        using var folder = new TemporaryFolder();
        foreach (var count in new[] { 6_250, 25_000, 100_000 })
        {
            var (train, test) = (count * 3 / 8, (count / 2) - (count * 3 / 8));
            var split = Phantoms.Create(
                folder.Path, new PhantomOptions { Size = 32, Jpeg = false, TrainPerClass = train, TestPerClass = test });
            var opened = FileScanner.Shared.Opened;
            var audit = Seconds(() => LeakageAudit.Of(split, searchNearDuplicates: true));
            var managed = GC.GetTotalMemory(forceFullCollection: true) >> 20;
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{count} files: {audit:F1} s for scan and search, {Seconds(LoadAll):F1} s for loading {2 * train}, {managed} MB managed, "
                    + $"peak of the process {Process.GetCurrentProcess().PeakWorkingSet64 >> 20} MB"));
            GC.Collect();
            GC.WaitForPendingFinalizers();
            var tensors = Tensor.TotalCount;

            LeakageAudit.Of(split, searchNearDuplicates: true);
            LoadAll();

            Assert.Equal(count, FileScanner.Shared.Opened - opened);
            Assert.InRange(Tensor.TotalCount, 0, tensors);

            void LoadAll()
            {
                using var loader = new ImageLoader(split["train"], new LoaderOptions { Width = 32, Height = 32 });
                foreach (var batch in loader.Epoch(0))
                {
                    batch.Dispose();
                }
            }
        }
    }
}
