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
    [LongFact]
    public void More_files_are_opened_once_each_and_leave_no_tensor()
    {
        using var folder = new TemporaryFolder();
        foreach (var count in new[] { 400, 1_600, 6_400 })
        {
            var split = Phantoms.Create(
                folder.Path, new PhantomOptions { Size = 32, Jpeg = false, TrainPerClass = count * 3 / 8, TestPerClass = count / 8 });
            var (opened, started) = (FileScanner.Shared.Opened, TimeProvider.System.GetTimestamp());
            LeakageAudit.Of(split, searchNearDuplicates: true);
            output.WriteLine(
                $"{count} files: {TimeProvider.System.GetElapsedTime(started).TotalSeconds:F2} s for scan and search, "
                    + $"{GC.GetTotalMemory(forceFullCollection: true) >> 20} MB managed");
            LoadAll();
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
